namespace FastSignatureCache.Stores;

/// <summary>What happened between a cache and its store. Counted seldom beside look-ups, so not striped.</summary>
internal sealed class StoreCounters
{
    private long _loads;
    private long _failures;
    private long _refusals;
    private long _drops;

    public void CountLoad() => Interlocked.Increment(ref _loads);

    public void CountFailure() => Interlocked.Increment(ref _failures);

    public void CountRefusal() => Interlocked.Increment(ref _refusals);

    public void CountDrops(long changes) => Interlocked.Add(ref _drops, changes);

    public SignatureCacheMetrics AddTo(SignatureCacheMetrics metrics, bool isDegraded) => metrics with
    {
        StoreLoads = Interlocked.Read(ref _loads),
        StoreFailures = Interlocked.Read(ref _failures),
        StoreRefusals = Interlocked.Read(ref _refusals),
        StoreDrops = Interlocked.Read(ref _drops),
        IsStoreDegraded = isDegraded,
    };

    public void Reset()
    {
        Interlocked.Exchange(ref _loads, 0);
        Interlocked.Exchange(ref _failures, 0);
        Interlocked.Exchange(ref _refusals, 0);
        Interlocked.Exchange(ref _drops, 0);
    }
}
