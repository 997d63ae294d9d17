namespace FastSignatureCache.Bench.Replay;

public class TrafficGeneratorTests
{
    private static readonly TrafficShape Shape = new() { Duration = TimeSpan.FromHours(2) };

    [Fact]
    public void The_same_seed_gives_the_same_trace() =>
        Assert.Equal(TrafficGenerator.Generate(Shape, 1).Operations, TrafficGenerator.Generate(Shape, 1).Operations);

    [Fact]
    public void Another_seed_gives_another_trace() =>
        Assert.NotEqual(TrafficGenerator.Generate(Shape, 1).Operations, TrafficGenerator.Generate(Shape, 2).Operations);

    [Fact]
    public void Time_never_runs_backwards_and_ends_with_the_shape()
    {
        var times = TrafficGenerator.Generate(Shape, 1).Operations.Select(static operation => operation.Seconds).ToList();
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[^1], 0, Shape.Duration.TotalSeconds);
    }

    [Fact]
    public void Conversations_begin_with_a_put_and_go_on_with_a_lookup_and_a_put()
    {
        foreach (var conversation in TrafficGenerator.Generate(Shape, 1).Operations.GroupBy(static operation => operation.Key))
        {
            var kinds = conversation.Select(static operation => operation.IsLookup).ToList();
            Assert.Equal(kinds.Select(static (_, index) => index % 2 == 1), kinds);
            Assert.False(kinds[^1]);
        }
    }

    [Fact]
    public void Gaps_and_turns_have_the_shape_they_should_have()
    {
        var trace = TrafficGenerator.Generate(Shape with { Duration = TimeSpan.FromHours(20) }, 1);
        var puts = trace.Operations.Where(static operation => !operation.IsLookup).GroupBy(static operation => operation.Key).ToList();
        var gaps = puts
            .SelectMany(static turns => turns.Zip(turns.Skip(1), static (left, right) => right.Seconds - left.Seconds))
            .Order()
            .ToList();
        Assert.InRange(gaps[gaps.Count / 2], 115, 135);
        Assert.InRange(gaps[gaps.Count * 9 / 10], 440, 520);
        Assert.InRange(gaps[gaps.Count * 99 / 100], 1_300, 1_650);
        Assert.InRange(puts.Count(static turns => turns.Count() > 1) / (double)puts.Count, 0.23, 0.27);
        Assert.InRange(puts.Count(static turns => turns.Count() > 3) / (double)puts.Count(static turns => turns.Count() > 1), 0.17, 0.21);
    }
}
