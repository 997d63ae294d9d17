using System.Globalization;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>Fills the server, and says what it takes.</summary>
internal static class MemorySection
{
    public static async Task<(MemoryFigures Memory, Measured Puts)> AddToAsync(
        Report report, Node node, SimulatedTraffic traffic, Load load, int conversations)
    {
        await Console.Error.WriteLineAsync($"redis: filling it with {conversations} conversations").ConfigureAwait(false);
        var entries = 0L;
        var puts = await node.MeasureAsync(async () =>
        {
            var made = 0L;
            await load.ForEachAsync(conversations, async (caller, conversation) =>
            {
                var steps = traffic.StepsOf(conversation);
                for (var step = 0; step < steps; step++)
                {
                    var signatures = traffic.Step(conversation, step);
                    await node.StoreOf(caller).PutAsync(signatures, CancellationToken.None).ConfigureAwait(false);
                    Interlocked.Add(ref entries, signatures.Length);
                }

                Interlocked.Add(ref made, steps);
            }).ConfigureAwait(false);
            return made;
        }).ConfigureAwait(false);

        var index = 0L;
        for (var i = 0; i < ClusterPlan.Indexes; i++)
        {
            index += await SizeOfAsync(node, i, "created").ConfigureAwait(false) + await SizeOfAsync(node, i, "expires").ConfigureAwait(false);
        }

        var used = puts.After.UsedMemory - puts.Before.UsedMemory;
        var memory = new MemoryFigures(used / conversations, (double)index / conversations);
        var table = new MarkdownTable("memory, bytes", "a conversation", "an entry");
        Add("all in (used_memory)", used);
        Add("of which indexes (MEMORY USAGE)", index);
        Add("of which packed signatures", (double)entries * traffic.PackedLength);
        Add("the whole process (used_memory_rss)", puts.After.ResidentMemory);
        report.AddHeading("Memory");
        report.Add(string.Create(
            CultureInfo.InvariantCulture, $"{conversations:N0} conversations with {entries:N0} entries, in {puts.After.UsedMemory / 1e6:N0} MB."));
        report.Add(table);
        return (memory, puts);

        void Add(string name, double bytes) => table.Add(name, Text.Of(bytes / conversations), Text.Of(bytes / entries));
    }

    // All of it, not what a few samples say.
    private static async Task<long> SizeOfAsync(Node node, int index, string half) =>
        (long?)await node.ExecuteAsync("MEMORY", "USAGE", Node.Index(index, half), "SAMPLES", 0).ConfigureAwait(false) ?? 0;
}
