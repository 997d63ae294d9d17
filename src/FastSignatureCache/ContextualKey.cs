namespace FastSignatureCache;

/// <summary>A key together with what stood before the signed part.</summary>
/// <param name="Key">The key.</param>
/// <param name="Context">What stood before the part.</param>
public readonly record struct ContextualKey(SignatureKey Key, SignatureContext Context);
