using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
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
/// <item><description>any payload but the empty one: a JWT carries its claims (RFC 7519 section 7.1), a detached payload (RFC 7515
/// appendix F) leaves nothing to read;</description></item>
/// <item><description>a signature that is not empty, so the unsecured JWS of RFC 7515 appendix A.5 is refused.</description></item>
/// </list>
/// Whatever it accepts, <c>JsonWebTokenHandler.CanReadToken</c> of Microsoft.IdentityModel.JsonWebTokens accepts too (its limit of size
/// aside, which is a setting). It refuses of what that handler accepts, and nothing else:
/// <list type="bullet">
/// <item><description>a token followed by a line break;</description></item>
/// <item><description>an encrypted token, of five segments (RFC 7516);</description></item>
/// <item><description>an unsecured token, whose signature is empty;</description></item>
/// <item><description>a segment of an impossible length, or with bits set in the last character that carry nothing;</description></item>
/// <item><description>a header of more than 8,192 characters;</description></item>
/// <item><description>a header that isn't UTF-8 JSON, one object, nested at most 64 deep, with one <c>alg</c> that is a string.</description></item>
/// </list>
/// Both methods are thread-safe, O(length), and allocate nothing, whatever the input.
/// </remarks>
public static class JwtFormat
{
    /// <summary>The greatest length of a header, in characters: 8,192. RFC 7515 sets no limit; this one keeps the decoding on the stack.</summary>
    public const int MaxHeaderLength = 8_192;

    private const int SmallBuffer = 256;
    private const int LargeBuffer = (MaxHeaderLength / 4 * 3) + 1;

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
        // A third dot is outside the alphabet, so the payload's own check finds it.
        var dot = T.CreateTruncating('.');
        var headerEnd = token.IndexOf(dot);
        var payloadEnd = token.LastIndexOf(dot);
        return headerEnd is > 0 and <= MaxHeaderLength
            && payloadEnd > headerEnd + 1
            && payloadEnd < token.Length - 1
            && IsSegment(token[(payloadEnd + 1)..], alphabet)
            && IsSegment(token[(headerEnd + 1)..payloadEnd], alphabet)
            && IsSegment(token[..headerEnd], alphabet)
            && IsHeader(token[..headerEnd]);
    }

    // The search takes more code than the runtime is ready to inline into one method: the two of them stay out of it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsSegment<T>(ReadOnlySpan<T> segment, SearchValues<T> alphabet)
        where T : unmanaged, IBinaryInteger<T> =>
        !segment.ContainsAnyExcept(alphabet) && Base64Alphabet.IsCanonicalEnd(segment);

    private static bool IsHeader<T>(ReadOnlySpan<T> header)
        where T : unmanaged, IBinaryInteger<T> =>
        header.Length < SmallBuffer ? IsSmallHeader(header) : IsLargeHeader(header);

    // The stack is cleared before use, so a buffer costs time by its size: hence two, each in a method of its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsSmallHeader<T>(ReadOnlySpan<T> header)
        where T : unmanaged, IBinaryInteger<T> =>
        IsHeader(header, stackalloc byte[SmallBuffer]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsLargeHeader<T>(ReadOnlySpan<T> header)
        where T : unmanaged, IBinaryInteger<T> =>
        IsHeader(header, stackalloc byte[LargeBuffer]);

    // What comes here is base64url already: the framework's decoder allocates when it meets anything else.
    private static bool IsHeader<T>(ReadOnlySpan<T> header, Span<byte> buffer)
        where T : unmanaged, IBinaryInteger<T>
    {
        var length = typeof(T) == typeof(char)
            ? Base64Url.DecodeFromChars(MemoryMarshal.Cast<T, char>(header), buffer)
            : Base64Url.DecodeFromUtf8(MemoryMarshal.Cast<T, byte>(header), buffer);
        buffer[length] = 0;
        return JsonHeader.HasStringAlgorithm(buffer[..(length + 1)]);
    }
}
