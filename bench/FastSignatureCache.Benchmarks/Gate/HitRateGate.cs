using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Replay;

namespace FastSignatureCache.Bench.Gate;

/// <summary>Hit rate on generated traffic, beside exact LRU's.</summary>
internal static class HitRateGate
{
    private static readonly int[] Capacities = [100, 1_000, 10_000];
    private static readonly int[] Seeds = [1, 2, 3];

    private static readonly GateCheck AboveLru =
        new("hit rate - LRU's", "hit rate less exact LRU's, points, worst case", Bound.AtLeast, -0.2) { AbsoluteTolerance = 0.2 };

    private static readonly GateCheck AboveLruAtThousand =
        new("hit rate - LRU's at 1,000", "the same at 1,000 entries, mean", Bound.AtLeast, -0.2) { AbsoluteTolerance = 0.2 };

    public static IEnumerable<GateFigure> Measure()
    {
        var traces = Seeds.Select(static seed => TrafficGenerator.Generate(new TrafficShape(), seed)).ToList();
        yield return new GateFigure(AboveLru, traces.SelectMany(static trace => Capacities.Select(size => Advantage(trace, size))).Min());
        yield return new GateFigure(AboveLruAtThousand, traces.Average(static trace => Advantage(trace, 1_000)));
    }

    private static double Advantage(Trace trace, int capacity) =>
        100.0
        * (new ReplayedContender<SignatureCacheContender>().CountHits(trace, capacity) - new ExactLru().CountHits(trace, capacity))
        / trace.Lookups;
}
