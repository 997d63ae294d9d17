using FastSignatureCache.Eviction;
using FastSignatureCache.Expiration;
using FastSignatureCache.Packing;

namespace FastSignatureCache.Candidates;

/// <summary>
/// Reads and rewrites what is kept under one key: a <see cref="CachedSignature"/>, or a <see cref="CandidateSet"/> where there are several.
/// </summary>
/// <remarks>
/// One reference to something that doesn't change but for its <see cref="Recency"/>, so that a reader sees all candidates of one moment
/// or all of another, never a mixture. No common base class: what is public cannot have one that isn't.
/// </remarks>
internal static class KeyState
{
    public static CachedSignature Newest(object state) => state as CachedSignature ?? ((CandidateSet)state).Entries[0];

    public static IReadOnlyList<CachedSignature> EntriesOf(object state) => state is CachedSignature single ? [single] : ((CandidateSet)state).Entries;

    public static ulong HashOf(object state) => Newest(state).KeyReference.Hash;

    public static ref Recency RecencyOf(object state)
    {
        if (state is CachedSignature single)
        {
            return ref single.Recency;
        }

        return ref ((CandidateSet)state).Recency;
    }

    /// <summary>How many look-ups all of them have answered.</summary>
    public static long RequestsOf(object state)
    {
        if (state is CachedSignature single)
        {
            return single.RequestCount;
        }

        var requests = 0L;
        foreach (var entry in ((CandidateSet)state).Entries)
        {
            requests += entry.RequestCount;
        }

        return requests;
    }

    /// <summary>The newest that has not expired, or null.</summary>
    public static CachedSignature? NewestLive(object state, CoarseClock clock)
    {
        if (state is CachedSignature single)
        {
            return clock.HasPassed(single.ExpiresTicks) ? null : single;
        }

        foreach (var entry in ((CandidateSet)state).Entries)
        {
            if (!clock.HasPassed(entry.ExpiresTicks))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Whether any of them has expired.</summary>
    public static bool HasExpired(object state, CoarseClock clock)
    {
        if (state is CachedSignature single)
        {
            return clock.HasPassed(single.ExpiresTicks);
        }

        foreach (var entry in ((CandidateSet)state).Entries)
        {
            if (clock.HasPassed(entry.ExpiresTicks))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What remains after the expired ones are gone: the same object if all, null if none.</summary>
    public static object? WithoutExpired(object state, long now)
    {
        if (state is CachedSignature single)
        {
            return single.ExpiresTicks > now ? single : null;
        }

        var set = (CandidateSet)state;
        var live = Array.FindAll(set.Entries, entry => entry.ExpiresTicks > now);
        if (live.Length == set.Entries.Length)
        {
            return set;
        }

        return live.Length == 0 ? null : Pack(live, set.Truncated);
    }

    /// <summary>Adds a candidate as the newest, in place of the one with the same signature and context if there is one.</summary>
    /// <param name="state">What is there, without expired ones.</param>
    /// <param name="added">The candidate.</param>
    /// <param name="maxBytes">The most that all may take together. The added one alone always fits.</param>
    public static object With(object state, CachedSignature added, long maxBytes)
    {
        var set = state as CandidateSet;
        List<CachedSignature> entries = [added];
        foreach (var entry in set?.Entries ?? [(CachedSignature)state])
        {
            if (entry.Context == added.Context && entry.Packed.Equals(added.Packed))
            {
                added.InheritRequests(entry);
            }
            else
            {
                entries.Add(entry);
            }
        }

        return PackBounded(entries, set is { Truncated: true }, maxBytes);
    }

    /// <summary>
    /// Adds a candidate that was put at some earlier time, in its place by age. One with the same signature and context stays if it
    /// is no older.
    /// </summary>
    /// <param name="state">What is there, without expired ones.</param>
    /// <param name="loaded">The candidate.</param>
    /// <param name="maxBytes">The most that all may take together. The newest alone always fits.</param>
    /// <returns>The same object if nothing changes.</returns>
    public static object WithLoaded(object state, CachedSignature loaded, long maxBytes)
    {
        var set = state as CandidateSet;
        List<CachedSignature> entries = [.. set?.Entries ?? [(CachedSignature)state]];
        var same = entries.FindIndex(entry => entry.Context == loaded.Context && entry.Packed.Equals(loaded.Packed));
        if (same >= 0)
        {
            if (entries[same].CreatedAt >= loaded.CreatedAt)
            {
                // Another process may have renewed the very same one.
                entries[same].TakeOver(loaded);
                return state;
            }

            loaded.InheritRequests(entries[same]);
            entries.RemoveAt(same);
        }

        var older = entries.FindIndex(entry => entry.CreatedAt < loaded.CreatedAt);
        entries.Insert(older < 0 ? entries.Count : older, loaded);
        return PackBounded(entries, set is { Truncated: true }, maxBytes);
    }

    /// <summary>The candidate with the same signature and context, or null.</summary>
    public static CachedSignature? Same(object state, CachedSignature entry) =>
        EntriesOf(state).FirstOrDefault(kept => kept.Context == entry.Context && kept.Packed.Equals(entry.Packed));

    /// <summary>Adds those that have a certain signature. Allocates nothing of its own: it is called for everything there is.</summary>
    public static void AddSame(object state, in PackedSignature signature, List<CachedSignature> found)
    {
        if (state is CachedSignature single)
        {
            if (single.Packed.Equals(signature))
            {
                found.Add(single);
            }

            return;
        }

        foreach (var candidate in ((CandidateSet)state).Entries)
        {
            if (candidate.Packed.Equals(signature))
            {
                found.Add(candidate);
            }
        }
    }

    /// <summary>Whether that very entry is among them.</summary>
    public static bool Holds(object state, CachedSignature entry) =>
        ReferenceEquals(state, entry) || (state is CandidateSet set && Array.IndexOf(set.Entries, entry) >= 0);

    /// <summary>Puts a candidate, as the newest, in the place of one that is there.</summary>
    /// <param name="state">What is there.</param>
    /// <param name="old">Which one goes.</param>
    /// <param name="fresh">The candidate.</param>
    /// <param name="maxBytes">The most that all may take together. The fresh one alone always fits.</param>
    public static object Exchange(object state, CachedSignature old, CachedSignature fresh, long maxBytes)
    {
        if (state is not CandidateSet set)
        {
            return fresh;
        }

        var rest = Array.FindAll(set.Entries, entry => !ReferenceEquals(entry, old));
        return rest.Length == 0 ? Pack([fresh], set.Truncated) : With(Pack(rest, set.Truncated), fresh, maxBytes);
    }

    private static object PackBounded(List<CachedSignature> newestFirst, bool wasTruncated, long maxBytes)
    {
        var result = Pack([.. newestFirst], truncated: false);
        return wasTruncated || newestFirst.Count > CandidateSet.MaxCandidates || EntrySize.OfState(result) > maxBytes
            ? Pack([newestFirst[0]], truncated: true)
            : result;
    }

    // A set of one is only needed where it must remember that others were dropped.
    private static object Pack(CachedSignature[] entries, bool truncated) =>
        entries is [var single] && !truncated ? single : new CandidateSet(entries, truncated);
}
