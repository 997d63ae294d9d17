namespace FastSignatureCache.Bench.LockedLru;

/// <summary>Counters behind a lock of their own, as in the design that the engine replaces.</summary>
internal sealed class LockedMetrics
{
    private readonly Lock _lock = new();
    private long _hits;
    private long _misses;
    private long _evictions;

    public void CountHit()
    {
        lock (_lock)
        {
            _hits++;
        }
    }

    public void CountMiss()
    {
        lock (_lock)
        {
            _misses++;
        }
    }

    public void CountEviction()
    {
        lock (_lock)
        {
            _evictions++;
        }
    }

    public (long Hits, long Misses, long Evictions) Snapshot()
    {
        lock (_lock)
        {
            return (_hits, _misses, _evictions);
        }
    }
}
