namespace FastSignatureCache.Verification.Model;

/// <summary>What a look-up came to.</summary>
/// <param name="Status">The reason.</param>
/// <param name="Key">The number of the key on a hit.</param>
/// <param name="Signature">The signature's number on a hit.</param>
/// <param name="ExpiresAt">On a hit, when it expires.</param>
internal readonly record struct Found(SignatureLookupStatus Status, int? Key = null, int? Signature = null, int? ExpiresAt = null)
{
    /// <summary>The result of a look-up that says no reasons.</summary>
    public Found WithoutReason() => Status == SignatureLookupStatus.Hit ? this : new(SignatureLookupStatus.Miss);
}
