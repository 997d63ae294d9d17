namespace FastSignatureCache.Gateway.Demo;

/// <summary>How a turn of a conversation went.</summary>
/// <param name="Steps">How many requests were made.</param>
/// <param name="Error">What the last one was refused with, or null when the turn came to its end.</param>
internal sealed record PlayResult(int Steps, string? Error)
{
    public bool Passes => Error is null;
}
