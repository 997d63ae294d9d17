using System.Buffers;
using System.Numerics;
using System.Text;

namespace FastSignatureCache;

/// <summary>The two alphabets of RFC 4648, sections 4 and 5, for vectorised scans.</summary>
internal static class Base64Alphabet
{
    private const string Common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static readonly SearchValues<char> StandardChars = SearchValues.Create(Common + "+/");
    public static readonly SearchValues<char> UrlSafeChars = SearchValues.Create(Common + "-_");
    public static readonly SearchValues<byte> StandardBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Common + "+/"));
    public static readonly SearchValues<byte> UrlSafeBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Common + "-_"));

    /// <summary>
    /// Whether text of either alphabet, without padding, has a length that can be, and zeros in the bits that carry nothing
    /// (RFC 4648 section 3.5).
    /// </summary>
    public static bool IsCanonicalEnd<T>(ReadOnlySpan<T> unpadded)
        where T : unmanaged, IBinaryInteger<T> =>
        (unpadded.Length % 4) switch
        {
            0 => true,
            2 => (Value(unpadded[^1]) & 0b1111) == 0,
            3 => (Value(unpadded[^1]) & 0b11) == 0,
            _ => false,
        };

    private static int Value<T>(T character)
        where T : unmanaged, IBinaryInteger<T> =>
        int.CreateTruncating(character) switch
        {
            >= 'A' and <= 'Z' and var c => c - 'A',
            >= 'a' and <= 'z' and var c => c - 'a' + 26,
            >= '0' and <= '9' and var c => c - '0' + 52,
            '+' or '-' => 62,
            _ => 63,
        };
}
