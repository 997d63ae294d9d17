using FastSignatureCache.Eviction;
using FastSignatureCache.Expiration;

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

    public static ulong HashOf(object state) => Newest(state).KeyReference.Hash;

    public static ref Recency RecencyOf(object state)
    {
        if (state is CachedSignature single)
        {
            return ref single.Recency;
        }

        return ref ((CandidateSet)state).Recency;
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

        var result = Pack([.. entries], truncated: false);
        return set is { Truncated: true } || entries.Count > CandidateSet.MaxCandidates || EntrySize.OfState(result) > maxBytes
            ? Pack([added], truncated: true)
            : result;
    }

    // A set of one is only needed where it must remember that others were dropped.
    private static object Pack(CachedSignature[] entries, bool truncated) =>
        entries is [var single] && !truncated ? single : new CandidateSet(entries, truncated);
}
