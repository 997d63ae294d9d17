using BitFaster.Caching.Counters;

namespace FastSignatureCache.Metrics;

/// <summary>
/// The counters behind <see cref="SignatureCacheMetrics"/>. Striped, so that look-ups on different cores don't contend for one cache line.
/// </summary>
internal sealed class CacheCounters
{
    private SignatureCacheMetrics _baseline = new();

    public StripedCounter Hits { get; } = new();

    public Counter Misses { get; } = new();

    public Counter Evictions { get; } = new();

    public Counter Expirations { get; } = new();

    public Counter ReportedCorruptions { get; } = new();

    public Counter RefusedFormats { get; } = new();

    public Counter RefusedSizes { get; } = new();

    public SignatureCacheMetrics Snapshot()
    {
        var baseline = Volatile.Read(ref _baseline);
        var total = Totals();
        return new SignatureCacheMetrics
        {
            Hits = total.Hits - baseline.Hits,
            Misses = total.Misses - baseline.Misses,
            Evictions = total.Evictions - baseline.Evictions,
            Expirations = total.Expirations - baseline.Expirations,
            Corruptions = total.Corruptions - baseline.Corruptions,
            RefusedFormats = total.RefusedFormats - baseline.RefusedFormats,
            RefusedSizes = total.RefusedSizes - baseline.RefusedSizes,
        };
    }

    /// <summary>Starts again from 0. The counters themselves go on, so that no count is lost while others write.</summary>
    public void Reset() => Volatile.Write(ref _baseline, Totals());

    private SignatureCacheMetrics Totals()
    {
        var refusedFormats = RefusedFormats.Count();
        return new SignatureCacheMetrics
        {
            Hits = Hits.Count(),
            Misses = Misses.Count(),
            Evictions = Evictions.Count(),
            Expirations = Expirations.Count(),
            Corruptions = ReportedCorruptions.Count() + refusedFormats,
            RefusedFormats = refusedFormats,
            RefusedSizes = RefusedSizes.Count(),
        };
    }
}
