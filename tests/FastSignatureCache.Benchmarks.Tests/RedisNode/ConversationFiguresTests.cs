using FastSignatureCache.Bench.Throughput.RedisNode;

namespace FastSignatureCache.Bench.RedisNode;

public static class ConversationFiguresTests
{
    [Fact]
    public static void LongConversations_AreReadMoreOften()
    {
        // Of 2 and of 4 steps, with 5 entries for 2 steps. Reads find 1 step, and 1, 2 and 3 steps: 7 steps in 4 reads.
        var figures = ConversationFigures.Of([1, 2], stepsPerTurn: 2, entriesPerTurn: 5);

        Assert.Equal(1.5, figures.Turns);
        Assert.Equal(3, figures.Steps);
        Assert.Equal(7.5, figures.Entries);
        Assert.Equal(7 / 4.0 * 2.5, figures.EntriesRead);
    }
}
