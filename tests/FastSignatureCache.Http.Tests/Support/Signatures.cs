namespace FastSignatureCache.Http.Tests.Support;

internal static class Signatures
{
    /// <summary>A well-formed signature that differs for each seed.</summary>
    public static string Make(int seed, int bytes = 54)
    {
        byte[] content = new byte[bytes];
        new Random(seed).NextBytes(content);
        return Convert.ToBase64String(content);
    }
}
