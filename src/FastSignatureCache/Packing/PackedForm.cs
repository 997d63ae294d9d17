namespace FastSignatureCache.Packing;

/// <summary>How a packed signature is to be read: its first byte. The values are stored, so none may ever change its meaning.</summary>
internal enum PackedForm : byte
{
    /// <summary>The text itself.</summary>
    Text = 0,

    /// <summary>Decoded base64, padded if its length asks for it.</summary>
    Base64 = 1,

    /// <summary>Decoded base64 whose padding was left out.</summary>
    Base64Unpadded = 2,

    /// <summary>Decoded base64url with padding.</summary>
    Base64Url = 3,

    /// <summary>Decoded base64url without padding.</summary>
    Base64UrlUnpadded = 4,

    /// <summary>A JWT's three segments, decoded.</summary>
    Jwt = 5,

    /// <summary>The same, header and payload compressed by LZ4.</summary>
    CompressedJwt = 6,
}
