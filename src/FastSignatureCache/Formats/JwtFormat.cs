using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FastSignatureCache;

/// <summary>Recognises a JSON Web Signature in its compact form: <c>header.payload.signature</c>, RFC 7515 sections 3.1 and 7.1.</summary>
/// <remarks>
/// It looks at the form alone: nothing is verified cryptographically, and no algorithm is known by name. Well-formed is
/// <list type="bullet">
/// <item><description>three segments, each base64url without padding, white space or line breaks (RFC 7515 section 2); bits of the last
/// character that carry nothing must be zero (RFC 4648 section 3.5), which is how most truncated values give themselves away;</description></item>
/// <item><description>a header of at most 8,192 characters that decodes to one JSON object with exactly one <c>alg</c>, a string
/// (RFC 7515 sections 4 and 4.1.1);</description></item>
/// <item><description>any payload, the empty one too: RFC 7515 lets it be any sequence of octets, and appendix F detaches it;</description></item>
/// <item><description>a signature that is not empty, so the unsecured JWS of RFC 7515 appendix A.5 is refused.</description></item>
/// </list>
/// Both methods are thread-safe, O(length), and allocate nothing, whatever the input.
/// </remarks>
public static class JwtFormat
{
    /// <summary>The greatest length of a header, in characters: 8,192. RFC 7515 sets no limit; this one keeps the decoding on the stack.</summary>
    public const int MaxHeaderLength = 8_192;

    private const int SmallHeaderLength = 684;

    /// <summary>Whether the text is a compact JWS.</summary>
    /// <param name="token">The text.</param>
    public static bool IsValid(ReadOnlySpan<char> token) => IsValid(token, Base64Alphabet.UrlSafeChars);

    /// <summary>Whether the UTF-8 text is a compact JWS.</summary>
    /// <param name="utf8Token">The text.</param>
    public static bool IsValid(ReadOnlySpan<byte> utf8Token) => IsValid(utf8Token, Base64Alphabet.UrlSafeBytes);

    // One generic body for both widths: the runtime compiles it once for each, as if it were written twice.
    private static bool IsValid<T>(ReadOnlySpan<T> token, SearchValues<T> alphabet)
        where T : unmanaged, IBinaryInteger<T>
    {
        var dot = T.CreateTruncating('.');
        var headerLength = token.IndexOf(dot);
        if (headerLength is < 1 or > MaxHeaderLength)
        {
            return false;
        }

        var rest = token[(headerLength + 1)..];
        var payloadLength = rest.IndexOf(dot);
        if (payloadLength < 0)
        {
            return false;
        }

        // A further dot is outside the alphabet, so the signature's own check finds it.
        var signature = rest[(payloadLength + 1)..];
        return signature.Length > 0
            && IsSegment(signature, alphabet)
            && IsSegment(rest[..payloadLength], alphabet)
            && IsHeader(token[..headerLength], alphabet);
    }

    private static bool IsSegment<T>(ReadOnlySpan<T> segment, SearchValues<T> alphabet)
        where T : unmanaged, IBinaryInteger<T> =>
        !segment.ContainsAnyExcept(alphabet) && Base64Alphabet.IsCanonicalEnd(segment);

    private static bool IsHeader<T>(ReadOnlySpan<T> header, SearchValues<T> alphabet)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (!IsSegment(header, alphabet))
        {
            return false;
        }

        Span<byte> buffer = header.Length <= SmallHeaderLength
            ? stackalloc byte[SmallHeaderLength / 4 * 3]
            : stackalloc byte[MaxHeaderLength / 4 * 3];

        return Decode(header, buffer, out var written) && JsonHeader.HasStringAlgorithm(buffer[..written]);
    }

    private static bool Decode<T>(ReadOnlySpan<T> segment, Span<byte> destination, out int written)
        where T : unmanaged, IBinaryInteger<T>
    {
        var status = typeof(T) == typeof(char)
            ? Base64Url.DecodeFromChars(MemoryMarshal.Cast<T, char>(segment), destination, out _, out written)
            : Base64Url.DecodeFromUtf8(MemoryMarshal.Cast<T, byte>(segment), destination, out _, out written);
        return status == OperationStatus.Done;
    }
}
