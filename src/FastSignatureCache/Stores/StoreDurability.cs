namespace FastSignatureCache.Stores;

/// <summary>When a signature counts as kept.</summary>
public enum StoreDurability
{
    /// <summary>When the store has it: <see cref="ISignatureCache.CommitAsync"/> waits for that, up to the write timeout.</summary>
    WrittenThrough,

    /// <summary>When it is in memory; the store gets it within the write delay, and at the latest when the cache is disposed of.</summary>
    WrittenBehind,
}
