using System.Globalization;

namespace FastSignatureCache.Bench.Replay;

public class PolicyTests
{
    // Keys are letters: a small one is put, a capital one is looked up.
    private static Trace TraceOf(string operations) => new(operations, [.. operations.Select(static (letter, index) =>
        new TraceOperation(index, char.IsUpper(letter), char.ToLowerInvariant(letter)))]);

    [Theory]
    [InlineData("abA", 2, 1)]
    [InlineData("abcA", 2, 0)]
    [InlineData("abAcB", 2, 1)]
    [InlineData("abAcA", 2, 2)]
    [InlineData("abacB", 2, 0)]
    [InlineData("A", 2, 0)]
    public void Exact_LRU_drops_what_was_used_longest_ago(string operations, int capacity, int hits) =>
        Assert.Equal(hits, new ExactLru().CountHits(TraceOf(operations), capacity));

    [Theory]
    [InlineData("aAbcdefA", 5, 2)]
    [InlineData("abcdefA", 5, 0)]
    [InlineData("aAbBcdefA", 5, 2)]
    public void Segmented_LRU_protects_what_was_used_twice(string operations, int capacity, int hits) =>
        Assert.Equal(hits, new SegmentedLru().CountHits(TraceOf(operations), capacity));

    [Theory]
    [InlineData("abcdeA", 1, 1)]
    [InlineData("abcBA", 1, 1)]
    [InlineData("abcAB", 2, 2)]
    [InlineData("aAaAaA", 1, 3)]
    [InlineData("abABabAB", 1, 2)]
    [InlineData("AaA", 1, 1)]
    public void Belady_keeps_what_is_looked_up_soonest_and_bypasses_the_rest(string operations, int capacity, int hits) =>
        Assert.Equal(hits, new Belady().CountHits(TraceOf(operations), capacity));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Belady_is_the_best_of_all_choices_on_conversations(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 300; run++)
        {
            // A look-up is followed by a put, as in a conversation.
            var trace = TraceOf(string.Concat(Enumerable.Range(0, 9).Select(_ => "a b c d Aa Bb Cc Dd".Split(' ')[random.Next(8)])));
            Assert.Equal(BestOfAll(trace, 0, [], 2), new Belady().CountHits(trace, 2));
        }
    }

    [Fact]
    public void A_trace_is_read_with_or_without_a_heading()
    {
        string[] lines = ["0.5,P,7", "1.25,G,7"];
        TraceOperation[] expected = [new(0.5, false, 7), new(1.25, true, 7)];
        Assert.Equal(expected, Trace.Parse("plain", lines).Operations);
        Assert.Equal(expected, Trace.Parse("headed", lines.Prepend("t,op,key")).Operations);
    }

    [Theory]
    [InlineData("0.5,X,7")]
    [InlineData("0.5,P")]
    public void A_line_that_is_no_operation_is_refused(string line) =>
        Assert.Throws<FormatException>(() => Trace.Parse(line.ToString(CultureInfo.InvariantCulture), [line]));

    // Tries every set that may be kept after every operation.
    private static int BestOfAll(Trace trace, int at, int[] kept, int capacity)
    {
        if (at == trace.Operations.Count)
        {
            return 0;
        }

        var (_, isLookup, key) = trace.Operations[at];
        var isHit = isLookup && kept.Contains(key);
        var candidates = isLookup ? kept : [.. kept.Append(key).Distinct()];
        var best = candidates.Length <= capacity
            ? BestOfAll(trace, at + 1, candidates, capacity)
            : candidates.Max(dropped => BestOfAll(trace, at + 1, [.. candidates.Where(candidate => candidate != dropped)], capacity));
        return best + (isHit ? 1 : 0);
    }
}
