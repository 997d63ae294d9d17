using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Replay;

namespace FastSignatureCache.Bench.HitRate;

/// <summary>Everything that traces are replayed to: the engine, its peers, simulated policies, and the best possible.</summary>
internal sealed class Competitors : IContenderVisitor
{
    private readonly List<IReplayed> _all = [];

    private Competitors()
    {
    }

    public static IReadOnlyList<IReplayed> All()
    {
        var competitors = new Competitors();
        Roster.VisitBounded(competitors);
        return [.. competitors._all, new ExactLru(), new SegmentedLru(), new Belady()];
    }

    public void Visit<TContender>()
        where TContender : struct, IContender<TContender> => _all.Add(new ReplayedContender<TContender>());
}
