using System.Globalization;
using FastSignatureCache.Bench.Reports;
using HdrHistogram;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>How long gets and puts take at half of what is possible, undisturbed and while the server saves a snapshot.</summary>
internal static class LatencySection
{
    private static readonly double[] Percentiles = [50, 99, 99.9, 100];

    /// <returns>The requests without a snapshot.</returns>
    public static async Task<Measured> AddToAsync(Report report, Node node, SimulatedTraffic traffic, Load load, double rate)
    {
        await Console.Error.WriteLineAsync("redis: latency").ConfigureAwait(false);
        var table = new MarkdownTable("milliseconds", "p50", "p99", "p99.9", "greatest", "timed");
        var quiet = await MeasureAsync("").ConfigureAwait(false);

        // What a replica is sent when it joins is the same: a fork, and all of the data.
        await node.ExecuteAsync("BGSAVE").ConfigureAwait(false);
        var saving = await MeasureAsync(", while a snapshot is saved").ConfigureAwait(false);
        var saved = await node.WaitAsync(static reading => reading["rdb_bgsave_in_progress"] == 0, TimeSpan.FromMilliseconds(50)).ConfigureAwait(false);

        report.AddHeading("Latency at half of saturation");
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{quiet.Rate:N0} requests a second, which take {quiet.CoreShare:P0} of a core ({quiet.CpuMicrosecondsEach:N1} µs each: less comes together "
            + $"than at saturation). While a snapshot is saved: {saving.Rate:N0} requests a second."));
        report.Add(table);
        var snapshot = new MarkdownTable("snapshot", "");
        snapshot.Add("memory before, MB", Text.Of(saving.Before.UsedMemory / 1e6));
        snapshot.Add("the fork takes, ms", Text.Of(saved["latest_fork_usec"] / 1e3, 1));
        snapshot.Add("the fork takes, ms/GB", Text.Of(saved["latest_fork_usec"] / 1e3 / (saving.Before.UsedMemory / 1e9), 1));
        snapshot.Add("saving takes, s", Text.Of(saved["rdb_last_bgsave_time_sec"]));
        snapshot.Add("memory copied on write meanwhile, MB", Text.Of(saved["rdb_last_cow_size"] / 1e6));
        report.Add(snapshot);
        return quiet;

        async Task<Measured> MeasureAsync(string name)
        {
            var (gets, puts) = (NewHistogram(), NewHistogram());
            var measured = await node.MeasureAsync(
                () => load.PaceAsync(() => new Client(node, traffic, load) { Gets = gets, Puts = puts }, rate)).ConfigureAwait(false);
            Add("get" + name, gets);
            Add("put" + name, puts);
            return measured;
        }

        void Add(string name, HistogramBase histogram) => table.Add(
        [
            name,
            .. Percentiles.Select(percentile => Text.Of(histogram.GetValueAtPercentile(percentile) / 1e3, 2)),
            Text.Of(histogram.TotalCount),
        ]);
    }

    private static LongConcurrentHistogram NewHistogram() => new(1, 60_000_000, numberOfSignificantValueDigits: 3);
}
