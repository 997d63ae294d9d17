namespace FastSignatureCache;

/// <summary>The check that belongs to each <see cref="SignatureFormat"/>.</summary>
internal static class SignatureFormatExtensions
{
    public static bool Accepts(this SignatureFormat format, ReadOnlySpan<char> text) => format switch
    {
        SignatureFormat.Jwt => JwtFormat.IsValid(text),
        SignatureFormat.ThoughtSignature => ThoughtSignature.IsValid(text),
        _ => ThoughtSignature.IsValid(text) || JwtFormat.IsValid(text),
    };

    public static bool Accepts(this SignatureFormat format, ReadOnlySpan<byte> utf8Text) => format switch
    {
        SignatureFormat.Jwt => JwtFormat.IsValid(utf8Text),
        SignatureFormat.ThoughtSignature => ThoughtSignature.IsValid(utf8Text),
        _ => ThoughtSignature.IsValid(utf8Text) || JwtFormat.IsValid(utf8Text),
    };
}
