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

    // A header's last window may end behind it, and the decoder may write there too: both buffers have room for that.
    private const int SmallHeaderLength = 255;
    private const int SmallBuffer = 4 * QuoteFinder.Window;
    private const int LargeBuffer = (MaxHeaderLength / 4 * 3) + QuoteFinder.Window;

    /// <summary>Whether the text is a compact JWS.</summary>
    /// <param name="token">The text.</param>
    public static bool IsValid(ReadOnlySpan<char> token) => IsValid<char>(token);

    /// <summary>Whether the UTF-8 text is a compact JWS.</summary>
    /// <param name="utf8Token">The text.</param>
    public static bool IsValid(ReadOnlySpan<byte> utf8Token) => IsValid<byte>(utf8Token);

    // One generic body for both widths: the runtime compiles it once for each, as if it were written twice.
    private static bool IsValid<T>(ReadOnlySpan<T> token)
        where T : unmanaged, IBinaryInteger<T>
    {
        var header = SegmentLength(token);
        return header is > 0 and <= MaxHeaderLength
            && HasDot(token, header)
            && (header <= SmallHeaderLength ? IsValidAfterSmallHeader(token, header) : IsValidAfterLargeHeader(token, header));
    }

    // The stack is cleared before use, so a buffer costs time by its size: hence two, each in a method of its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsValidAfterSmallHeader<T>(ReadOnlySpan<T> token, int header)
        where T : unmanaged, IBinaryInteger<T> =>
        IsValid(token, header, stackalloc byte[SmallBuffer]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsValidAfterLargeHeader<T>(ReadOnlySpan<T> token, int header)
        where T : unmanaged, IBinaryInteger<T> =>
        IsValid(token, header, stackalloc byte[LargeBuffer]);

    // The header is decoded first and read last: what was stored in one width isn't there to be loaded in another before it has reached
    // the processor's cache, and the scan of the rest takes as long as that.
    private static bool IsValid<T>(ReadOnlySpan<T> token, int header, Span<byte> buffer)
        where T : unmanaged, IBinaryInteger<T>
    {
        var length = Base64UrlDecoder.DecodeStart(token, header, buffer);
        buffer[length] = 0;
        return IsPayloadAndSignature(token[(header + 1)..]) && JsonHeader.HasStringAlgorithm(buffer, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsPayloadAndSignature<T>(ReadOnlySpan<T> text)
        where T : unmanaged, IBinaryInteger<T>
    {
        var payload = SegmentLength(text);
        if (payload == 0 || !HasDot(text, payload))
        {
            return false;
        }

        var signature = text[(payload + 1)..];
        return !signature.IsEmpty && SegmentLength(signature) == signature.Length;
    }

    // The length of the segment that begins here; 0 if it is empty, or its last character can't be.
    // The search takes more code than the runtime is ready to inline into one method: the three of them stay out of it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SegmentLength<T>(ReadOnlySpan<T> text)
        where T : unmanaged, IBinaryInteger<T>
    {
        var end = typeof(T) == typeof(char)
            ? MemoryMarshal.Cast<T, char>(text).IndexOfAnyExcept(Base64Alphabet.UrlSafeChars)
            : MemoryMarshal.Cast<T, byte>(text).IndexOfAnyExcept(Base64Alphabet.UrlSafeBytes);
        var segment = end < 0 ? text : text[..end];
        return !segment.IsEmpty && Base64Alphabet.IsCanonicalEnd(segment) ? segment.Length : 0;
    }

    private static bool HasDot<T>(ReadOnlySpan<T> text, int at)
        where T : unmanaged, IBinaryInteger<T> =>
        at < text.Length && text[at] == T.CreateTruncating('.');
}
