using BitFaster.Caching.Counters;

namespace FastSignatureCache.Metrics;

/// <summary>
/// All that is behind <see cref="SignatureCacheMetrics"/>. What look-ups count is striped, so that different cores don't contend for one
/// cache line; memory is bounded whatever happens. Thread-safe.
/// </summary>
internal sealed class CacheCounters
{
    private readonly TimeProvider _timeProvider;
    private readonly Counter _puts = new();
    private readonly Counter _refusedSizes = new();
    private readonly Counter _evictedThenMissed = new();
    private readonly Counter _renewals = new();
    private readonly Counter _refreshes = new();
    private readonly Counter _refreshFailures = new();
    private readonly CorruptionLog _corruptions = new();
    private Baseline _baseline;

    public CacheCounters(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _baseline = new(timeProvider.GetUtcNow(), 0, 0, 0, 0, 0, 0);
        LookupTimes = new(timeProvider);
    }

    public ModelRegistry Models { get; } = new();

    public RemovalStatistics Removals { get; } = new();

    public LookupTimes LookupTimes { get; }

    public void CountPut() => _puts.Increment();

    public void CountRefusedSize() => _refusedSizes.Increment();

    public void CountEvictedThenMissed() => _evictedThenMissed.Increment();

    public void CountRenewal() => _renewals.Increment();

    public void CountRefresh(bool succeeded) => (succeeded ? _refreshes : _refreshFailures).Increment();

    public void CountCorruption(string model, CorruptionReason reason)
    {
        Models.Of(model, isKept: false).Count(reason);
        _corruptions.Add(_timeProvider.GetUtcNow().UtcTicks, model, reason);
    }

    public SignatureCacheMetrics Snapshot()
    {
        var baseline = Volatile.Read(ref _baseline);
        var tally = new ModelTally(Models.All);
        var removals = Removals.Snapshot();
        return new SignatureCacheMetrics
        {
            Since = baseline.Since,
            Hits = tally.Hits,
            Misses = tally.Misses,
            MissesByReason = tally.MissesByReason,
            Models = tally.Models,
            Corruptions = tally.Corruptions,
            CorruptionsByReason = tally.CorruptionsByReason,
            RefusedFormats = tally.CorruptionsByReason[CorruptionReason.MalformedPut],
            RecentCorruptions = _corruptions.Snapshot(),
            Removals = removals,
            Evictions = CountOf(RemovalReason.Capacity) + CountOf(RemovalReason.Bytes),
            Expirations = CountOf(RemovalReason.Expired),
            Puts = _puts.Count() - baseline.Puts,
            RefusedSizes = _refusedSizes.Count() - baseline.RefusedSizes,
            EvictedThenMissed = _evictedThenMissed.Count() - baseline.EvictedThenMissed,
            Renewals = _renewals.Count() - baseline.Renewals,
            Refreshes = _refreshes.Count() - baseline.Refreshes,
            RefreshFailures = _refreshFailures.Count() - baseline.RefreshFailures,
            LookupNanoseconds = LookupTimes.Snapshot(),
        };

        long CountOf(RemovalReason reason) => removals[(int)reason].Count;
    }

    /// <summary>Starts again from 0.</summary>
    public void Reset()
    {
        foreach (var model in Models.All)
        {
            model.Reset();
        }

        Removals.Reset();
        LookupTimes.Reset();
        _corruptions.Reset();
        Volatile.Write(
            ref _baseline,
            new(
                _timeProvider.GetUtcNow(),
                _puts.Count(),
                _refusedSizes.Count(),
                _evictedThenMissed.Count(),
                _renewals.Count(),
                _refreshes.Count(),
                _refreshFailures.Count()));
    }

    // The counters themselves go on, so that no count is lost while others write.
    private sealed record Baseline(
        DateTimeOffset Since, long Puts, long RefusedSizes, long EvictedThenMissed, long Renewals, long Refreshes, long RefreshFailures);
}
