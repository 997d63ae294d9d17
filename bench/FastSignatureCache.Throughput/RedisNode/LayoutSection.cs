using System.Globalization;
using FastSignatureCache.Bench.Reports;
using StackExchange.Redis;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What the same conversations would take in other layouts, and with hashes that the server packs.</summary>
internal static class LayoutSection
{
    private const int AtOnce = 64;

    // The first value is the server's default; with the second one, signatures fit too.
    private static readonly (string Name, int Value, int Entries)[] Packings =
        [("hash table", 64, 512), ("packed, up to 32 fields", 1024, 32), ("packed, up to 128 fields", 1024, 128)];

    public static async Task AddToAsync(Report report, Node node, SimulatedTraffic traffic, int conversations)
    {
        await Console.Error.WriteLineAsync("redis: layouts").ConfigureAwait(false);
        var table = new MarkdownTable(["bytes a conversation", .. Packings.Select(static packing => packing.Name)]);
        double today = 0;
        foreach (var layout in (Layout[])[Layout.Today, Layout.PayloadApart, Layout.OneField])
        {
            List<string> cells = [layout.Name];
            foreach (var packing in Packings)
            {
                await node.ConfigureAsync("hash-max-listpack-value", Number(packing.Value)).ConfigureAwait(false);
                await node.ConfigureAsync("hash-max-listpack-entries", Number(packing.Entries)).ConfigureAwait(false);
                var bytes = await FillAsync(node, traffic, conversations, layout).ConfigureAwait(false) / conversations;
                today = today == 0 ? bytes : today;
                cells.Add($"{Text.Of(bytes)} ({Text.Percent((bytes / today) - 1)})");
            }

            table.Add([.. cells]);
        }

        await node.ConfigureAsync("hash-max-listpack-value", Number(Packings[0].Value)).ConfigureAwait(false);
        await node.ConfigureAsync("hash-max-listpack-entries", Number(Packings[0].Entries)).ConfigureAwait(false);
        report.AddHeading("Other layouts of the same content");
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{conversations:N0} conversations as hashes with an expiry, without indexes: fields of the lengths that each layout would have, filled at "
            + $"random. Packed means that the server is told to keep such hashes as listpacks (hash-max-listpack-value 1024), which needs "
            + $"nothing of the store, but then each change moves the rest of the hash."));
        report.Add(table);
    }

    private static async Task<double> FillAsync(Node node, SimulatedTraffic traffic, int conversations, Layout layout)
    {
        var before = await node.ReadAsync().ConfigureAwait(false);
        var random = new Random(1);
        foreach (var some in Enumerable.Range(0, conversations).Chunk(AtOnce))
        {
            await Task.WhenAll(some.SelectMany(conversation => Fill(node.Database, conversation, FieldsOf(conversation)))).ConfigureAwait(false);
        }

        var after = await node.ReadAsync().ConfigureAwait(false);
        await node.EmptyAsync().ConfigureAwait(false);
        return after.UsedMemory - before.UsedMemory;

        HashEntry[] FieldsOf(int conversation) =>
        [
            .. Enumerable.Range(0, traffic.StepsOf(conversation))
                .SelectMany(step => layout.FieldsOf(traffic.Step(conversation, step)))
                .Select(field => new HashEntry(Bytes(field.Name), Bytes(field.Value))),
        ];

        byte[] Bytes(int length)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    // Field by field, as a conversation grows: a hash that is made at once is laid out with its final size.
    private static IEnumerable<Task> Fill(IDatabase database, int conversation, HashEntry[] fields)
    {
        var key = Node.Conversation(SimulatedTraffic.IdOf(conversation));
        foreach (var field in fields)
        {
            yield return database.HashSetAsync(key, field.Name, field.Value);
        }

        yield return database.KeyExpireAsync(key, TimeSpan.FromDays(7));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
