using System.Diagnostics;
using System.Globalization;
using FastSignatureCache.Bench.Reports;
using HdrHistogram;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>How long something took, each time. For one thread at a time.</summary>
internal sealed class Distribution
{
    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 100];
    private readonly LongHistogram _microseconds = new(60_000_000, numberOfSignificantValueDigits: 3);

    public static MarkdownTable CreateTable() => new("milliseconds", "p50", "p90", "p99", "p99.9", "greatest", "timed");

    /// <summary>Does something and takes its time.</summary>
    public async Task<T> TimeAsync<T>(Func<Task<T>> action)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await action().ConfigureAwait(false);
        _microseconds.RecordValue((long)Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        return result;
    }

    public void AddTo(MarkdownTable table, string name) => table.Add(
    [
        name,
        .. Percentiles.Select(percentile => (_microseconds.GetValueAtPercentile(percentile) / 1e3).ToString("F2", CultureInfo.InvariantCulture)),
        _microseconds.TotalCount.ToString("N0", CultureInfo.InvariantCulture),
    ]);
}
