using System.Globalization;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Measuring;
using FastSignatureCache.Bench.Reports;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Throughput;

/// <summary>What a hit costs in a cache far larger than the processor's, beside the floor's.</summary>
internal static class LargeCacheSection
{
    private const int Rounds = 100;

    public static void AddTo(Report report)
    {
        var table = new MarkdownTable("nanoseconds a hit", FloorContender.Name, SignatureCacheContender.Name, "ratio");
        foreach (var entries in new[] { ThroughputSettings.Entries, ThroughputSettings.LargeEntries })
        {
            Console.Error.WriteLine($"one thread: {entries} entries");
            var traffic = Hits.Prepare(new Corpus(seed: 1), entries, ThroughputSettings.SignatureLength);
            using var floor = new WorkloadProbe<FloorContender, Hits>(traffic);
            using var own = new WorkloadProbe<SignatureCacheContender, Hits>(traffic);
            var cost = Measuring.Rounds.Fastest([floor, own], Rounds);
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"{entries:N0} entries"),
                Format(cost[0]),
                Format(cost[1]),
                Format(cost[1] / cost[0]));
        }

        report.AddHeading("Cost of a hit in a large cache");
        report.Add("One thread, random order, the fastest of many short turns. Where entries don't fit into the processor's caches, what "
            + "is measured is mostly how many of them a look-up has to wait for.");
        report.Add(table);
    }

    private static string Format(double number) => number.ToString("F2", CultureInfo.InvariantCulture);
}
