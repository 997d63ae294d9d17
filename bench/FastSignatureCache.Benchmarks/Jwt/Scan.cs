using System.Buffers;

namespace FastSignatureCache.Bench.Jwt;

/// <summary>One vectorised pass over a token: the least that anyone who looks at every character can do.</summary>
internal static class Scan
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static bool HasOnlyTokenCharacters(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Alphabet);
}
