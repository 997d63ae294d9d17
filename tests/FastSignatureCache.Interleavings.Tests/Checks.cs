namespace FastSignatureCache.Verification.Support;

internal static class Checks
{
    /// <summary>How many checks of this project share the time of the long form.</summary>
    public const int InThisProject = 14;
}
