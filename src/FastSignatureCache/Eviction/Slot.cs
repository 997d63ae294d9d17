using FastSignatureCache.Candidates;

namespace FastSignatureCache.Eviction;

/// <summary>What the table holds under one key: the entry or entries, and the key's place in the order of use.</summary>
/// <remarks>
/// Readers, who hold no lock, read <see cref="State"/> and set <see cref="Accessed"/>. Everything else belongs to whoever holds the
/// cache's write lock.
/// </remarks>
internal sealed class Slot(ulong hash, object state, long bytes)
{
    private object _state = state;
    private bool _accessed;

    public ulong Hash { get; } = hash;

    /// <summary>
    /// A <see cref="CachedSignature"/>, or a <see cref="CandidateSet"/> where several are kept under the key. One reference to something
    /// immutable, so that a reader sees all candidates of one moment or all of another, never a mixture.
    /// </summary>
    public object State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>What the slot and its entries are charged with.</summary>
    public long Bytes { get; set; } = bytes;

    /// <summary>Whether it was used since the eviction last looked.</summary>
    public bool Accessed
    {
        get => Volatile.Read(ref _accessed);
        set => Volatile.Write(ref _accessed, value);
    }

    /// <summary>Its place in the order of use.</summary>
    public int Position { get; set; }

    /// <summary>Marks the slot as used.</summary>
    public void Touch()
    {
        // Reading first keeps the cache line shared between cores: a popular entry is marked already.
        if (!_accessed)
        {
            Accessed = true;
        }
    }
}
