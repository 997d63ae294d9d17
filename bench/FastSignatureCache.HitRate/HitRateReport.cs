using System.Globalization;
using FastSignatureCache.Bench.Replay;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.HitRate;

/// <summary>Replays traces to everything, and writes down what was found.</summary>
internal static class HitRateReport
{
    // The bars speak of the first, third and last; those between make the plot's curve.
    private static readonly int[] Capacities = [100, 300, 1_000, 3_000, 10_000];

    public static Report Create(IReadOnlyList<Trace> traces)
    {
        var report = new Report("hit-rate", "Hit rate against capacity");
        report.Add(
            "Each conversation's first turn puts a signature; each later one looks it up and puts the next. A look-up that misses inserts "
            + "nothing. Real caches are replayed to with their background work done at once. Hits are in percent of look-ups.");
        foreach (var trace in traces)
        {
            Add(report, trace);
        }

        return report;
    }

    private static void Add(Report report, Trace trace)
    {
        report.AddHeading($"Trace: {trace.Name}");
        report.Add($"{Format(trace.Lookups)} look-ups, {Format(trace.Keys)} conversations. {GapsOf(trace)}");
        var table = new MarkdownTable(["cache or policy", .. Capacities.Select(Format)]);
        var plot = new LinePlot($"Hit rate: {trace.Name}", "capacity, entries", "hits, % of look-ups", isLogarithmic: true);
        foreach (var competitor in Competitors.All())
        {
            Console.Error.WriteLine($"{trace.Name}: {competitor.Name}");
            var rates = Capacities.Select(capacity => 100.0 * competitor.CountHits(trace, capacity) / trace.Lookups).ToList();
            table.Add([competitor.Name, .. rates.Select(rate => rate.ToString("F2", CultureInfo.InvariantCulture))]);
            plot.Add(competitor.Name, Capacities.Zip(rates, static (capacity, rate) => ((double)capacity, rate)));
        }

        report.Add(table);
        report.Add($"hit-rate-{FileNameOf(trace)}", $"Hit rate against capacity, {trace.Name}", plot);
    }

    private static string GapsOf(Trace trace)
    {
        var last = new Dictionary<int, double>();
        var gaps = new List<double>();
        foreach (var (seconds, isLookup, key) in trace.Operations)
        {
            if (isLookup && last.TryGetValue(key, out var earlier))
            {
                gaps.Add(seconds - earlier);
            }

            last[key] = seconds;
        }

        gaps.Sort();
        return gaps.Count == 0
            ? ""
            : $"Gaps between turns: p50 {At(0.5)} s, p90 {At(0.9)} s, p99 {At(0.99)} s.";

        string At(double share) => Format((int)gaps[(int)(share * (gaps.Count - 1))]);
    }

    private static string FileNameOf(Trace trace) =>
        string.Concat(trace.Name.ToLowerInvariant().Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'))
            .Replace("--", "-", StringComparison.Ordinal);

    private static string Format(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
