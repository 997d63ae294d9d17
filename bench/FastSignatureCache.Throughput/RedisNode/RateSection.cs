using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>How many requests the server takes, and what each costs it.</summary>
internal static class RateSection
{
    /// <returns>The request of a gateway: a get, where there is something to get, and a put.</returns>
    public static async Task<Measured> AddToAsync(
        Report report, Node node, SimulatedTraffic traffic, Load load, int conversations, Measured puts)
    {
        await Console.Error.WriteLineAsync("redis: rates").ConfigureAwait(false);
        var gets = await node.MeasureAsync(() => load.SaturateAsync(() => new Getter(node, conversations))).ConfigureAwait(false);
        var requests = await node.MeasureAsync(() => load.SaturateAsync(() => new Client(node, traffic, load))).ConfigureAwait(false);

        var table = new MarkdownTable(
            "at saturation", "a second", "share of a core", "server CPU each, µs", "commands each", "commands/s", "bytes in each", "bytes out each");
        Add("put of a step", puts);
        Add("get of a conversation drawn at random", gets);
        Add("request: get and put", requests);
        report.AddHeading("Rates");
        report.Add(
            "Commands are counted as the server does, those that scripts make included. The share of a core is that of the server's main thread: where it "
            + "is less than all, this program or the machine was the limit, and the server can do more. A request gets what its conversation has so far; "
            + "a get alone reads whole conversations.");
        report.Add(table);

        var commands = new MarkdownTable("command", "calls", "µs inside");
        foreach (var (name, calls, microseconds) in requests.After.CommandsSince(requests.Before))
        {
            commands.Add(name, Text.Of(calls), Text.Of(microseconds, 2));
        }

        report.Add("What the requests came to, by command; a script has what it calls in its time.");
        report.Add(commands);
        return requests;

        void Add(string name, Measured measured) => table.Add(
            name,
            Text.Of(measured.Rate),
            Text.Percent(measured.CoreShare),
            Text.Of(measured.CpuMicrosecondsEach, 1),
            Text.Of(measured.Each(static reading => reading.Commands), 1),
            Text.Of(measured.Each(static reading => reading.Commands) * measured.Rate),
            Text.Of(measured.Each(static reading => reading.BytesIn)),
            Text.Of(measured.Each(static reading => reading.BytesOut)));
    }
}
