using System.Buffers;
using System.Numerics;

namespace FastSignatureCache;

/// <summary>Recognises a thought signature: base64 of something opaque to all but the provider that issued it.</summary>
/// <remarks>
/// Well-formed is text of at least 50 characters, padding included, in the standard or the URL-safe alphabet of RFC 4648 (sections 4
/// and 5), not in both; padding may be missing, but what is there must be right; bits of the last character that carry nothing must be
/// zero. Prefixes are not looked at: they differ by model and change. The documented placeholders that make a provider skip its check
/// are no signatures. All methods are thread-safe, O(length), and allocate nothing, whatever the input.
/// </remarks>
public static class ThoughtSignature
{
    /// <summary>The least length of a signature, in characters: 50. Real ones start at 72.</summary>
    public const int MinLength = 50;

    /// <summary>Whether the text is a thought signature.</summary>
    /// <param name="signature">The text.</param>
    public static bool IsValid(ReadOnlySpan<char> signature) =>
        IsValid(signature, Base64Alphabet.StandardChars, Base64Alphabet.UrlSafeChars) && !IsPlaceholder(signature);

    /// <summary>Whether the UTF-8 text is a thought signature.</summary>
    /// <param name="utf8Signature">The text.</param>
    public static bool IsValid(ReadOnlySpan<byte> utf8Signature) =>
        IsValid(utf8Signature, Base64Alphabet.StandardBytes, Base64Alphabet.UrlSafeBytes) && !IsPlaceholder(utf8Signature);

    /// <summary>
    /// Whether the text is one of the placeholders <c>skip_thought_signature_validator</c> and
    /// <c>context_engineering_is_the_way_to_go</c>, literally or as base64 in either alphabet, with padding or without.
    /// </summary>
    /// <param name="text">The text.</param>
    public static bool IsPlaceholder(ReadOnlySpan<char> text) => Placeholders.Contains(text);

    /// <summary>
    /// Whether the UTF-8 text is one of the placeholders <c>skip_thought_signature_validator</c> and
    /// <c>context_engineering_is_the_way_to_go</c>, literally or as base64 in either alphabet, with padding or without.
    /// </summary>
    /// <param name="utf8Text">The text.</param>
    public static bool IsPlaceholder(ReadOnlySpan<byte> utf8Text) => Placeholders.Contains(utf8Text);

    private static bool IsValid<T>(ReadOnlySpan<T> text, SearchValues<T> standard, SearchValues<T> urlSafe)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (text.Length < MinLength)
        {
            return false;
        }

        var unpadded = WithoutPadding(text);
        return (unpadded.Length == text.Length || text.Length % 4 == 0)
            && Base64Alphabet.IsCanonicalEnd(unpadded)
            && (!unpadded.ContainsAnyExcept(standard) || !unpadded.ContainsAnyExcept(urlSafe));
    }

    // At most two: a third one stays, and is outside both alphabets.
    private static ReadOnlySpan<T> WithoutPadding<T>(ReadOnlySpan<T> text)
        where T : unmanaged, IBinaryInteger<T>
    {
        var padding = T.CreateTruncating('=');
        if (text[^1] != padding)
        {
            return text;
        }

        return text[^2] == padding ? text[..^2] : text[..^1];
    }
}
