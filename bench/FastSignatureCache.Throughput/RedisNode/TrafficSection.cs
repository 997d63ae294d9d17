using System.Globalization;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What is simulated.</summary>
internal static class TrafficSection
{
    public static async Task AddToAsync(Report report, Node node, SimulatedTraffic traffic, Load load)
    {
        var figures = FiguresOf(traffic);
        var server = (await node.ReadAsync().ConfigureAwait(false)).Server;
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{server}, on the same machine as this program. Four stores with a connection each, {load.Callers} requests in flight, "
            + $"{load.Length.TotalSeconds} s for each rate."));
        report.AddHeading("The conversations");
        report.Add(
            $"How many turns a conversation has is drawn as for the generated trace of the hit rate, which has the shape of a recorded hour of a chat "
            + $"service. Assumed: {traffic.StepsPerTurn} steps a turn, all but the last of them calls with an id (three names each), the last a text "
            + $"(two names); signatures of {SimulatedTraffic.SignatureLength} characters ({traffic.PackedLength} bytes packed); no client sends any of "
            + "them back, so that every request but a conversation's first reads all of it.");
        var table = new MarkdownTable("a conversation, on average", "");
        table.Add("turns", Text.Of(figures.Turns, 2));
        table.Add("steps: requests, and puts", Text.Of(figures.Steps, 2));
        table.Add("entries", Text.Of(figures.Entries, 1));
        table.Add("entries that one of its requests reads", Text.Of(figures.EntriesRead, 1));
        report.Add(table);
    }

    public static ConversationFigures FiguresOf(SimulatedTraffic traffic) => ConversationFigures.Of(
        [.. Enumerable.Range(0, 1_000_000).Select(traffic.TurnsOf)], traffic.StepsPerTurn, traffic.EntriesPerTurn);
}
