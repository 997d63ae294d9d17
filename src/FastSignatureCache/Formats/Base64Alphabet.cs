using System.Buffers;
using System.Numerics;
using System.Text;

namespace FastSignatureCache;

/// <summary>The two alphabets of RFC 4648, sections 4 and 5, for vectorised scans.</summary>
internal static class Base64Alphabet
{
    private const string Common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const byte AlwaysSet = 0b100_0000;

    public static readonly SearchValues<char> StandardChars = SearchValues.Create(Common + "+/");
    public static readonly SearchValues<char> UrlSafeChars = SearchValues.Create(Common + "-_");
    public static readonly SearchValues<byte> StandardBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Common + "+/"));
    public static readonly SearchValues<byte> UrlSafeBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Common + "-_"));

    // What a character stands for, of either alphabet, and above it a bit that is always set.
    private static readonly byte[] Values = CreateValues();

    // By the length's remainder: which bits of the last character carry nothing. After one character too many, the bit that is always set.
    private static ReadOnlySpan<byte> SpareBits => [0, AlwaysSet, 0b1111, 0b11];

    /// <summary>
    /// Whether text of either alphabet, without padding, has a length that can be, and zeros in the bits that carry nothing
    /// (RFC 4648 section 3.5).
    /// </summary>
    /// <param name="unpadded">The text, not empty. If its last character is in neither alphabet, the answer means nothing.</param>
    // By tables: with switches the three segments of a token took a tenth of its time.
    public static bool IsCanonicalEnd<T>(ReadOnlySpan<T> unpadded)
        where T : unmanaged, IBinaryInteger<T> =>
        (Values[int.CreateTruncating(unpadded[^1]) & 127] & SpareBits[unpadded.Length & 3]) == 0;

    private static byte[] CreateValues()
    {
        var values = new byte[128];
        foreach (var alphabet in (string[])[Common + "+/", Common + "-_"])
        {
            for (var i = 0; i < alphabet.Length; i++)
            {
                values[alphabet[i]] = (byte)(AlwaysSet | i);
            }
        }

        return values;
    }
}
