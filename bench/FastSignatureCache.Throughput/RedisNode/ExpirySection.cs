using System.Diagnostics;
using System.Globalization;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What becomes of the memory when conversations expire, all in the same moment.</summary>
internal static class ExpirySection
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly double[] Left = [0.5, 0.1, 0.02];

    public static async Task AddToAsync(Report report, Node node, SimulatedTraffic traffic, Load load, int conversations)
    {
        await Console.Error.WriteLineAsync("redis: expiry").ConfigureAwait(false);
        var before = await node.ReadAsync().ConfigureAwait(false);
        var start = TimeProvider.System.GetUtcNow();

        // Long enough that all are there when the first one goes.
        var expires = start + TimeSpan.FromSeconds(10 + (conversations / 1_000.0));
        await load.ForEachAsync(conversations, async (caller, conversation) =>
            await node.StoreOf(caller)
                .PutAsync([.. traffic.All(conversation).Select(entry => entry with { ExpiresAt = expires })], CancellationToken.None)
                .ConfigureAwait(false)).ConfigureAwait(false);
        var full = await node.ReadAsync().ConfigureAwait(false);
        var wait = expires - TimeProvider.System.GetUtcNow();
        if (wait < TimeSpan.Zero)
        {
            throw new InvalidOperationException("This machine is too slow for so many conversations: the first expired before the last was there.");
        }

        await Task.Delay(wait).ConfigureAwait(false);
        var expiry = Stopwatch.GetTimestamp();
        var cpu = (await node.ReadAsync().ConfigureAwait(false)).CpuSeconds;

        var table = new MarkdownTable("memory left", "seconds after the expiry");
        foreach (var share in Left)
        {
            await node.WaitAsync(
                reading => reading.UsedMemory - before.UsedMemory <= share * (full.UsedMemory - before.UsedMemory)
                    || Stopwatch.GetElapsedTime(expiry) > Patience,
                Interval).ConfigureAwait(false);
            var elapsed = Stopwatch.GetElapsedTime(expiry);
            table.Add(Text.Percent(share), elapsed < Patience ? Text.Of(elapsed.TotalSeconds, 1) : "more than a minute");
        }

        var after = await node.ReadAsync().ConfigureAwait(false);
        report.AddHeading("Expiry");
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{conversations:N0} conversations ({(full.UsedMemory - before.UsedMemory) / 1e6:N0} MB) that all expire at the same moment, their indexes "
            + $"too, on a server that does nothing else. Removing them took {(after.CpuSeconds - cpu) * 1e6 / conversations:N1} µs of CPU each."));
        report.Add(table);
    }
}
