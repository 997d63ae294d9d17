namespace FastSignatureCache.Bench.Replay;

/// <summary>Generates conversation traffic: the first turn is a put, each later one a look-up and then a put.</summary>
public static class TrafficGenerator
{
    /// <summary>Generates a trace. The same shape and seed always give the same one.</summary>
    public static Trace Generate(TrafficShape shape, int seed)
    {
        var random = new Random(seed);
        var turns = new List<(double Seconds, int Key, bool IsFirst)>();
        var key = 0;
        for (var start = NextWait(random, shape); start < shape.Duration.TotalSeconds; start += NextWait(random, shape))
        {
            turns.Add((start, key, true));
            var seconds = start;
            for (var turn = NextTurnCount(random, shape); turn > 1; turn--)
            {
                seconds += NextGap(random, shape);
                if (seconds < shape.Duration.TotalSeconds)
                {
                    turns.Add((seconds, key, false));
                }
            }

            key++;
        }

        turns.Sort();
        return new Trace($"generated, seed {seed}", [.. turns.SelectMany(static turn => Operations(turn.Seconds, turn.Key, turn.IsFirst))]);
    }

    /// <summary>Draws how many turns a conversation has.</summary>
    public static int NextTurnCount(Random random, TrafficShape shape) => random.NextDouble() >= shape.ContinuedShare
        ? 1
        : (int)Math.Min(shape.MaxTurns, 2 * Math.Pow(1 - random.NextDouble(), -1 / shape.TurnsExponent));

    private static IEnumerable<TraceOperation> Operations(double seconds, int key, bool isFirst)
    {
        if (!isFirst)
        {
            yield return new(seconds, true, key);
        }

        yield return new(seconds, false, key);
    }

    private static double NextWait(Random random, TrafficShape shape) =>
        -Math.Log(1 - random.NextDouble()) / shape.NewConversationsPerSecond;

    // Box and Muller's way to a normally distributed number.
    private static double NextGap(Random random, TrafficShape shape)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return shape.MedianGap.TotalSeconds * Math.Exp(shape.GapSigma * normal);
    }
}
