using System.Diagnostics;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Measuring;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Gate;

/// <summary>Two threads beside one.</summary>
/// <remarks>
/// Two threads can only do twice the work of one while the machine has two processors to spare. So each round first and last asks what
/// look-ups in the bare dictionary come to on one thread and on two, and counts only if neither is far from the best ever seen: these write
/// nothing, so nothing but the machine keeps the second thread from doing as much as the first. Arithmetic would not tell: processors of a
/// virtual machine can be two threads of one core, which do twice the arithmetic that waits for itself, but not twice the look-ups. Of too
/// few quiet rounds nothing is concluded.
/// </remarks>
internal static class ScalingGate
{
    private const int Entries = 1_000;
    private const int SignatureLength = 400;
    private const int WantedRounds = 15;
    private const int NeededRounds = 5;

    // Two idle processors give 1.97 and more; others' work on them takes from that in steps of a scheduler's slice.
    private const double QuietShare = 0.97;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private static readonly GateCheck HitScaling = new("hits, two threads/one", "hits of two threads, times one's", Bound.AtLeast, 1.85);

    // What one thread puts, the other fetches from its cache: how far apart the two processors are, which on a shared machine changes from
    // one minute to the next, decides most of it. The bare dictionary's own ratio moves with it and is printed beside it.
    private static readonly GateCheck MixScaling =
        new("mix, two threads/one", "95/5 mix of two threads, times one's", Bound.AtLeast, 1.85) { AbsoluteTolerance = 0.4 };
    private static readonly GateCheck HitToLocked =
        new("hits/locked LRU, two threads", "hits of two threads, times the locked LRU's", Bound.AtLeast, 5) { AbsoluteTolerance = 2 };

    public static IEnumerable<GateFigure> Measure()
    {
        var hits = Hits.Prepare(new Corpus(seed: 1), Entries, SignatureLength);
        var mix = Mix.Prepare(new Corpus(seed: 1), Entries, SignatureLength);
        using var machine = new WorkloadScalingProbe<FloorContender, Hits>(hits);
        using var ownHits = new WorkloadScalingProbe<SignatureCacheContender, Hits>(hits);
        using var ownMix = new WorkloadScalingProbe<SignatureCacheContender, Mix>(mix);
        using var floorMix = new WorkloadScalingProbe<FloorContender, Mix>(mix);
        using var lockedHits = new WorkloadScalingProbe<LockedLruContender, Hits>(hits);
        Array.ForEach<ScalingProbe>([machine, ownHits, ownMix, floorMix, lockedHits], static probe => probe.WarmUp());

        var rounds = new List<Round>();
        var start = Stopwatch.GetTimestamp();
        var tried = 0;
        var best = Enumerable.Range(0, 50).Max(_ => machine.Measure(1, TimeSpan.FromMilliseconds(4)));
        for (; rounds.Count < WantedRounds && Stopwatch.GetElapsedTime(start) < Patience; tried++)
        {
            if (!IsQuiet())
            {
                continue;
            }

            var round = new Round(
                ownHits.Measure(1, Slice), ownHits.Measure(2, Slice),
                ownMix.Measure(1, Slice), ownMix.Measure(2, Slice),
                floorMix.Measure(1, Slice), floorMix.Measure(2, Slice),
                lockedHits.Measure(1, Slice), lockedHits.Measure(2, Slice));
            if (IsQuiet())
            {
                rounds.Add(round);
            }
        }

        Console.Error.WriteLine($"  {rounds.Count} quiet rounds of {tried}");
        var doubt = Environment.ProcessorCount < 2 ? "the machine has one processor"
            : rounds.Count < NeededRounds ? $"the machine was quiet in {rounds.Count} of {tried} rounds only"
            : null;
        if (rounds.Count > 0)
        {
            var locked = Of(static round => round.LockedHits2 / round.LockedHits1);
            var floor = Of(static round => round.FloorMix2 / round.FloorMix1);
            Console.Error.WriteLine($"  hits of the locked LRU itself: {locked:F2} times one thread's");
            Console.Error.WriteLine($"  95/5 mix of the bare dictionary itself: {floor:F2} times one thread's");
        }

        yield return new GateFigure(HitScaling, Of(static round => round.Hits2 / round.Hits1), doubt);
        yield return new GateFigure(MixScaling, Of(static round => round.Mix2 / round.Mix1), doubt);
        yield return new GateFigure(HitToLocked, Of(static round => round.Hits2 / round.LockedHits2), doubt);

        bool IsQuiet()
        {
            var (one, two) = (machine.Measure(1, Slice), machine.Measure(2, Slice));
            best = Math.Max(best, one);
            return one >= QuietShare * best && two >= QuietShare * 2 * best;
        }

        double Of(Func<Round, double> ratio) => rounds.Count == 0 ? double.NaN : Median.Of(rounds.Select(ratio));
    }

    private sealed record Round(double Hits1, double Hits2, double Mix1, double Mix2, double FloorMix1, double FloorMix2, double LockedHits1, double LockedHits2);
}
