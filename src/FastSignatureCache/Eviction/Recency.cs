namespace FastSignatureCache.Eviction;

/// <summary>
/// Where a key stands in the order of use, and the mark that look-ups leave there. Readers only mark; all else belongs to the holder of
/// the write lock.
/// </summary>
internal struct Recency
{
    private bool _isUsed;

    /// <summary>Its place in the <see cref="RecencyLists"/>.</summary>
    public int Position { get; set; }

    /// <summary>When it got there, counted in keys that were added to the cache.</summary>
    public int MovedAt { get; set; }

    /// <summary>Whether it was used since the eviction last looked.</summary>
    public bool IsUsed
    {
        readonly get => Volatile.Read(in _isUsed);
        set => Volatile.Write(ref _isUsed, value);
    }

    /// <summary>Marks it as used.</summary>
    public void MarkUsed()
    {
        // Reading first keeps the cache line shared between cores: what is popular is marked already.
        if (!_isUsed)
        {
            IsUsed = true;
        }
    }
}
