using HdrHistogram;

namespace FastSignatureCache.Metrics;

/// <summary>
/// Counts values by their size, to two significant digits. O(1) and flat in memory: 26 to 34 KB from the first value on, or from
/// <see cref="Reserve"/> on, and nothing before. Not thread-safe.
/// </summary>
/// <param name="highest">The greatest value that is told apart. Greater ones count as this one.</param>
internal sealed class Distribution(long highest)
{
    private const int SignificantDigits = 2;

    private LongHistogram? _values;
    private long _max;

    public long Count => _values?.TotalCount ?? 0;

    /// <summary>Makes sure that recording allocates nothing.</summary>
    public LongHistogram Reserve() => _values ??= new LongHistogram(highest, SignificantDigits);

    public void Record(long value)
    {
        value = Math.Clamp(value, 0, highest);
        Reserve().RecordValue(value);
        _max = Math.Max(_max, value);
    }

    public void Reset()
    {
        _values?.Reset();
        _max = 0;
    }

    /// <param name="unit">How many of what was recorded make one of what is told.</param>
    public DistributionMetrics Snapshot(double unit = 1)
    {
        return _values is not { TotalCount: > 0 } values
            ? DistributionMetrics.None
            : new(values.TotalCount, Percentile(50), Percentile(95), Percentile(99), Percentile(99.9), _max / unit);

        // The histogram answers with the upper end of a bucket.
        double Percentile(double percentile) => Math.Min(values.GetValueAtPercentile(percentile), _max) / unit;
    }
}
