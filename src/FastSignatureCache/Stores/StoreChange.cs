namespace FastSignatureCache.Stores;

/// <summary>One change on its way to the store.</summary>
/// <param name="Sequence">Its number; later changes have greater ones.</param>
/// <param name="Key">The key; <c>default</c> for all keys.</param>
/// <param name="Removes">Whether what was kept under the key goes.</param>
/// <param name="Entry">What is kept from then on, if anything.</param>
internal readonly record struct StoreChange(long Sequence, SignatureKey Key, bool Removes, CachedSignature? Entry)
{
    /// <summary>Whether the store is to be emptied.</summary>
    public bool Clears => Key.IsDefault;

    /// <summary>What waiting costs in memory, in bytes: the payload, which may have been evicted from the cache by now.</summary>
    public int Bytes => Entry?.Packed.Bytes.Length ?? 0;
}
