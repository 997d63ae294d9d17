namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What conversations come to on average.</summary>
/// <param name="Turns">Turns of a conversation.</param>
/// <param name="Steps">Steps of a conversation: requests of it, and puts.</param>
/// <param name="Entries">Entries of a conversation when it is over.</param>
/// <param name="EntriesRead">Entries that are there when one of its requests reads it: long conversations are read more often.</param>
internal sealed record ConversationFigures(double Turns, double Steps, double Entries, double EntriesRead)
{
    public static ConversationFigures Of(IReadOnlyCollection<int> turns, int stepsPerTurn, int entriesPerTurn)
    {
        var steps = turns.Select(count => (double)count * stepsPerTurn).ToList();
        var entriesPerStep = (double)entriesPerTurn / stepsPerTurn;

        // The request after s steps reads what they left; the first request of all reads nothing.
        var read = steps.Sum(count => count * (count - 1) / 2 * entriesPerStep);
        return new(turns.Average(), steps.Average(), turns.Average() * entriesPerTurn, read / steps.Sum(static count => count - 1));
    }
}
