namespace FastSignatureCache;

/// <summary>The forms of signature that a cache accepts.</summary>
public enum SignatureFormat
{
    /// <summary>Either of the others. The default.</summary>
    Any,

    /// <summary>A compact JWS, see <see cref="JwtFormat"/>.</summary>
    Jwt,

    /// <summary>A provider's opaque base64 text, see <see cref="FastSignatureCache.ThoughtSignature"/>.</summary>
    ThoughtSignature,
}
