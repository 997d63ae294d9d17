using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Measuring;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Gate;

/// <summary>Look-ups on one thread, beside the floor and beside what users would pick.</summary>
/// <remarks>
/// This doesn't use BenchmarkDotNet, which measures one contender after the other, seconds apart: on a machine that others use too, the
/// ratio of two such figures says as much about the others. Here contenders take turns of a millisecond and a half.
/// </remarks>
internal static class LookupGate
{
    private const int Rounds = 120;
    private const int Entries = 1_000;
    private const int SignatureLength = 400;

    private static readonly GateCheck HitToFloor = new("hit/floor", "a hit, times the floor's", Bound.AtMost, 1.4);
    private static readonly GateCheck MissToFloor = new("miss/floor", "a miss, times the floor's", Bound.AtMost, 1.6);
    private static readonly GateCheck HitBytes = new("hit bytes", "bytes that a hit allocates", Bound.AtMost, 0) { AbsoluteTolerance = 0 };
    private static readonly GateCheck MissBytes =
        new("miss bytes", "bytes that a miss allocates", Bound.AtMost, 0) { AbsoluteTolerance = 0 };
    private static readonly GateCheck TLruToHit = new("ConcurrentTLru/hit", "ConcurrentTLru's hit, times ours", Bound.AtLeast, 1.8);
    private static readonly GateCheck MemoryCacheToHit = new("MemoryCache/hit", "MemoryCache's hit, times ours", Bound.AtLeast, 2.5);
    private static readonly GateCheck FusionCacheToHit = new("FusionCache/hit", "FusionCache's hit, times ours", Bound.AtLeast, 7);
    private static readonly GateCheck LockedToHit =
        new("locked LRU/hit", "the locked LRU's hit, times ours, one thread", Bound.AtLeast, 2.5);

    private static readonly GateCheck TieredToHit = new("hit over a store/hit", "a hit over a store, times one without", Bound.AtMost, 1.05);

    public static IEnumerable<GateFigure> Measure()
    {
        // Each with keys of its own: where they land in a table differs, and with it the cost of a look-up.
        var (runs, doubt) = QuietRuns.Of(MeasureKeySet, static run => run.Yardstick);
        yield return Ratio(HitToFloor, static run => run.Hit / run.FloorHit);
        yield return Ratio(MissToFloor, static run => run.Miss / run.FloorMiss);
        yield return new GateFigure(HitBytes, runs.Max(static run => run.HitBytes));
        yield return new GateFigure(MissBytes, runs.Max(static run => run.MissBytes));
        yield return Ratio(TLruToHit, static run => run.TLruHit / run.Hit);
        yield return Ratio(MemoryCacheToHit, static run => run.MemoryCacheHit / run.Hit);
        yield return Ratio(FusionCacheToHit, static run => run.FusionCacheHit / run.Hit);
        yield return Ratio(LockedToHit, static run => run.LockedHit / run.Hit);
        yield return Ratio(TieredToHit, static run => run.TieredHit / run.Hit);

        GateFigure Ratio(GateCheck check, Func<Run, double> ratio) => new(check, Median.Of(runs.Select(ratio)), doubt);
    }

    private static Run MeasureKeySet(int seed)
    {
        var hits = Hits.Prepare(new Corpus(seed), Entries, SignatureLength);
        var misses = Misses.Prepare(new Corpus(seed), Entries, SignatureLength);
        Probe[] probes =
        [
            new WorkloadProbe<FloorContender, Hits>(hits),
            new WorkloadProbe<SignatureCacheContender, Hits>(hits),
            new WorkloadProbe<FloorContender, Misses>(misses),
            new WorkloadProbe<SignatureCacheContender, Misses>(misses),
            new WorkloadProbe<ConcurrentTLruContender, Hits>(hits),
            new WorkloadProbe<MemoryCacheContender, Hits>(hits),
            new WorkloadProbe<FusionCacheContender, Hits>(hits),
            new WorkloadProbe<LockedLruContender, Hits>(hits),
            new WorkloadProbe<TieredSignatureCacheContender, Hits>(hits),
            new WorkloadProbe<FloorContender, Hits>(Hits.Prepare(new Corpus(seed: 0), Entries, SignatureLength)),
        ];
        try
        {
            var cost = Measuring.Rounds.Fastest(probes, Rounds);
            Console.Error.WriteLine(
                $"  key set {seed}: hit {cost[1]:F1} ns (floor {cost[0]:F1} ns), miss {cost[3]:F1} ns (floor {cost[2]:F1} ns)");
            return new Run(
                cost[0], cost[1], cost[2], cost[3], cost[4], cost[5], cost[6], cost[7], cost[8], cost[9],
                probes[1].MeasureAllocations(), probes[3].MeasureAllocations());
        }
        finally
        {
            Array.ForEach(probes, static probe => probe.Dispose());
        }
    }

    private sealed record Run(
        double FloorHit,
        double Hit,
        double FloorMiss,
        double Miss,
        double TLruHit,
        double MemoryCacheHit,
        double FusionCacheHit,
        double LockedHit,
        double TieredHit,
        double Yardstick,
        double HitBytes,
        double MissBytes);
}
