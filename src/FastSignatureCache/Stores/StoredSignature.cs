namespace FastSignatureCache.Stores;

/// <summary>A signature as a store keeps it.</summary>
/// <param name="Key">The key. Its hash is different in each process; only the three strings are for keeping.</param>
/// <param name="Context">What stood before the signed part.</param>
/// <param name="Payload">
/// The signature, packed: opaque to the store, at least one byte, never to be changed. Its first byte says how to read the rest, and no
/// version ever gives one of those a new meaning.
/// </param>
/// <param name="CreatedAt">When it was put.</param>
/// <param name="ExpiresAt">From when on it must not be returned any more.</param>
public sealed record StoredSignature(
    SignatureKey Key, SignatureContext Context, ReadOnlyMemory<byte> Payload, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
