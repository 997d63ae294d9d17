using System.Globalization;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Reports;
using FastSignatureCache.Bench.Workloads;
using HdrHistogram;

namespace FastSignatureCache.Bench.Throughput;

/// <summary>How long single look-ups take while another thread churns.</summary>
internal sealed class TailSection : IContenderVisitor
{
    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 99.99, 100];

    private readonly Traffic _traffic =
        Churn.Prepare(new Corpus(seed: 1), ThroughputSettings.Entries, ThroughputSettings.SignatureLength);

    private readonly MarkdownTable _table =
        new(["nanoseconds", "p50", "p90", "p99", "p99.9", "p99.99", "greatest", "timed", "hits"]);

    private readonly TimeSpan _length;

    private TailSection(TimeSpan length) => _length = length;

    public static void AddTo(Report report, ThroughputSettings settings)
    {
        var section = new TailSection(settings.TailLength);
        Roster.VisitBounded(section);
        report.AddHeading("Latency of single look-ups under churn");
        report.Add(
            $"One thread puts ever new keys into a full cache of {ThroughputSettings.Entries}, and another times each of its look-ups, "
            + "half of which or so find something. The line below each is the same loop at the same time with nothing in it: the clock, "
            + "and whatever the machine's scheduler does.");
        report.Add(section._table);
    }

    public void Visit<TContender>()
        where TContender : struct, IContender<TContender>
    {
        Console.Error.WriteLine($"tail: {TContender.Name}");
        using var latency = new TailLatency<TContender>(_traffic);
        latency.Measure(_length);
        Add(TContender.Name, latency.Lookups, latency.HitShare.ToString("P0", CultureInfo.InvariantCulture));
        Add("  empty loop beside it", latency.EmptyLoops, "-");
    }

    private void Add(string name, HistogramBase histogram, string hits) => _table.Add(
    [
        name,
        .. Percentiles.Select(percentile => Format(histogram.GetValueAtPercentile(percentile))),
        Format(histogram.TotalCount),
        hits,
    ]);

    private static string Format(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
