namespace FastSignatureCache.Bench.Replay;

/// <summary>
/// The best possible, which knows the future: kept is what will be looked up soonest, and what will not be, because it is never asked for
/// or put anew before, is not taken in at all (bypass).
/// </summary>
/// <remarks>
/// The best where a put is looked up at most once before the next put of its key, as in conversation traffic. Elsewhere it is only good: a
/// miss brings nothing back, so what will be looked up often would be worth more than what will be looked up soon.
/// </remarks>
public sealed class Belady : IReplayed
{
    private const int Never = int.MaxValue;

    /// <inheritdoc/>
    public string Name => "best possible (Belady, with bypass)";

    /// <inheritdoc/>
    public int CountHits(Trace trace, int capacity)
    {
        var next = NextLookups(trace);
        var kept = new Dictionary<int, int>();
        var order = new SortedSet<(int NextLookup, int Key)>();
        var hits = 0;
        for (var i = 0; i < trace.Operations.Count; i++)
        {
            var (_, isLookup, key) = trace.Operations[i];
            var wasKept = kept.Remove(key, out var expected);
            if (wasKept)
            {
                order.Remove((expected, key));
                hits += isLookup ? 1 : 0;
            }

            if (next[i] == Never || (isLookup && !wasKept))
            {
                continue;
            }

            kept.Add(key, next[i]);
            order.Add((next[i], key));
            if (order.Count > capacity)
            {
                var last = order.Max;
                order.Remove(last);
                kept.Remove(last.Key);
            }
        }

        return hits;
    }

    // For each operation, when its key is looked up next; never, if a put comes before that.
    private static int[] NextLookups(Trace trace)
    {
        var next = new int[trace.Operations.Count];
        var upcoming = new Dictionary<int, int>();
        for (var i = next.Length - 1; i >= 0; i--)
        {
            var (_, isLookup, key) = trace.Operations[i];
            next[i] = upcoming.GetValueOrDefault(key, Never);
            upcoming[key] = isLookup ? i : Never;
        }

        return next;
    }
}
