namespace FastSignatureCache.Bench.Replay;

public class TraceTests
{
    private static readonly Trace Recorded = Trace.Parse(
        "recorded", ["t,op,key", "0,P,1", "0,P,2", "0,G,1", "0,P,1", "3,G,1", "3,P,1", "9,G,2", "9,P,2", "9,P,3", "12,G,3", "12,P,3"]);

    [Fact]
    public void Spread_turns_stay_within_their_step()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var spread = Recorded.Spread(seed).Operations;

            Assert.Equal(spread.Select(Seconds).Order(), spread.Select(Seconds));
            Assert.Equal([0, 0, 0, 0, 3, 3, 9, 9, 9, 12, 12], Of(spread).Select(static pair => pair.Recorded).Order());
            Assert.All(Of(spread), static pair => Assert.InRange(pair.Moved, 0, pair.Recorded switch { 0 => 3, 3 => 6, 9 => 3, _ => 0 }));
        }

        // What a moment is of what was recorded.
        static IEnumerable<(double Recorded, double Moved)> Of(IEnumerable<TraceOperation> spread) => spread.Select(static operation =>
        {
            var recorded = Recorded.Operations.Select(Seconds).Last(seconds => seconds <= operation.Seconds);
            return (recorded, operation.Seconds - recorded);
        });
    }

    [Fact]
    public void Spread_conversations_keep_the_order_of_their_turns_and_a_turn_is_one_moment()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            foreach (var conversation in Recorded.Spread(seed).Operations.GroupBy(static operation => operation.Key))
            {
                var operations = conversation.ToList();
                Assert.Equal(Recorded.Operations.Where(operation => operation.Key == conversation.Key).Select(IsLookup), operations.Select(IsLookup));
                Assert.All(
                    operations.Zip(operations.Skip(1)).Where(static pair => pair.First.IsLookup),
                    static pair => Assert.Equal(pair.First.Seconds, pair.Second.Seconds));
            }
        }

        static bool IsLookup(TraceOperation operation) => operation.IsLookup;
    }

    [Fact]
    public void The_same_seed_spreads_alike()
    {
        Assert.Equal(Recorded.Spread(1).Operations, Recorded.Spread(1).Operations);
        Assert.NotEqual(Recorded.Spread(1).Operations, Recorded.Spread(2).Operations);
    }

    private static double Seconds(TraceOperation operation) => operation.Seconds;
}
