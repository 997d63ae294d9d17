using FastSignatureCache.Verification.Model;

namespace FastSignatureCache.Verification.Histories;

/// <summary>
/// Whether the calls can be put in an order, each somewhere between its beginning and its end, in which a cache that does one thing at a
/// time would give the same answers. Each key is judged on its own: a history is linearizable when it is so for each object (Herlihy and
/// Wing). The search is Wing and Gong's, with Lowe's memory of what was tried: the set of calls that are done, and the state after them.
/// </summary>
internal sealed class Linearizability
{
    private readonly KeyStep[] _steps;
    private readonly HashSet<(ulong Done, string State)> _tried = [];

    private Linearizability(KeyStep[] steps) => _steps = steps;

    public static bool Holds(int key, List<Call> history)
    {
        KeyStep[] steps = [.. KeyStep.Of(key, history)];
        return steps.Length <= 64
            ? new Linearizability(steps).CanFinish(0, null)
            : throw new ArgumentException("At most 64 calls a key.", nameof(history));
    }

    private bool CanFinish(ulong done, ModelSlot? slot)
    {
        if (done == (_steps.Length == 64 ? ulong.MaxValue : (1UL << _steps.Length) - 1))
        {
            return true;
        }

        if (!_tried.Add((done, slot?.ToString() ?? "")))
        {
            return false;
        }

        // The next may be any that had begun before the first of those left ended.
        var left = Enumerable.Range(0, _steps.Length).Where(i => (done & (1UL << i)) == 0).ToList();
        var firstEnd = left.Min(i => _steps[i].Call.Returned);
        foreach (var i in left.Where(i => _steps[i].Call.Invoked < firstEnd))
        {
            var (after, isPossible) = _steps[i].Apply(slot);
            if (isPossible && CanFinish(done | (1UL << i), after))
            {
                return true;
            }
        }

        return false;
    }
}
