using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What the append-only file costs.</summary>
internal static class LogSection
{
    private static readonly (string Name, string Log, string Sync)[] Settings =
    [
        ("none", "no", "everysec"),
        ("appendfsync everysec", "yes", "everysec"),
        ("appendfsync always", "yes", "always"),
    ];

    public static async Task AddToAsync(Report report, Node node, SimulatedTraffic traffic, Load load)
    {
        await Console.Error.WriteLineAsync("redis: append-only file").ConfigureAwait(false);
        var table = new MarkdownTable("append-only file", "puts/s", "server CPU each, µs", "share of a core", "file grows each, bytes");

        // The first one is for the compiler.
        await load.SaturateAsync(NewClient).ConfigureAwait(false);
        foreach (var (name, log, sync) in Settings)
        {
            await node.EmptyAsync().ConfigureAwait(false);
            await node.ConfigureAsync("appendfsync", sync).ConfigureAwait(false);
            await node.ConfigureAsync("appendonly", log).ConfigureAwait(false);
            await node.WaitAsync(IsLogWritten, TimeSpan.FromMilliseconds(50)).ConfigureAwait(false);
            var puts = await node.MeasureAsync(() => load.SaturateAsync(NewClient)).ConfigureAwait(false);
            table.Add(
                name,
                Text.Of(puts.Rate),
                Text.Of(puts.CpuMicrosecondsEach, 1),
                Text.Percent(puts.CoreShare),
                log == "yes" ? Text.Of(puts.Each(static reading => reading.LogBytes)) : "-");
        }

        await node.ConfigureAsync("appendonly", "no").ConfigureAwait(false);
        await node.EmptyAsync().ConfigureAwait(false);
        report.AddHeading("The append-only file");
        report.Add("A put is a step: two or three entries of one conversation. The same bytes go to each replica.");
        report.Add(table);

        Client NewClient() => new(node, traffic, load, reads: false);
    }

    private static bool IsLogWritten(NodeReading reading) => reading["aof_rewrite_in_progress"] + reading["aof_rewrite_scheduled"] == 0;
}
