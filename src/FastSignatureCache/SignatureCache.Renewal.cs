using System.Runtime.CompilerServices;
using FastSignatureCache.Candidates;
using FastSignatureCache.Packing;
using FastSignatureCache.Renewal;

namespace FastSignatureCache;

// What is in use and nears its end: its life is renewed in place, or a fresh signature is fetched. All of it is behind the one comparison that a
// hit makes anyway: the moment when an entry is due, which is when it expires where nothing is ever renewed.
public sealed partial class SignatureCache
{
    // An attempt that failed is not repeated at once; the nearer the end, the sooner.
    private const int AttemptsSpacing = 8;

    private readonly LifePolicy _policy;
    private readonly bool _isAdaptive;
    private readonly RenewedEntries? _renewed;
    private readonly RefreshQueue? _refreshes;

    /// <summary>Has the store hear at once of what was renewed. For its end, and for tests.</summary>
    internal void FlushRenewals() => _renewed?.Execute();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RenewIfDue(CachedSignature entry, ReadOnlySpan<ContextualKey> names)
    {
        if (_clock.HasPassed(entry.DueTicks))
        {
            Renew(entry, names);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Renew(CachedSignature entry, ReadOnlySpan<ContextualKey> names)
    {
        var now = _clock.NowTicks;
        var expires = entry.ExpiresTicks;
        if (now >= expires)
        {
            // It was alive a moment ago, which is when it was asked for.
            return;
        }

        if (_refreshes is not null)
        {
            // First: from now on look-ups are quick again, whatever becomes of it.
            Postpone(entry, now);
            _refreshes.Request(entry);
        }
        else if (_isAdaptive)
        {
            Extend(entry, expires, now, names);
        }
    }

    private void Extend(CachedSignature entry, long expires, long now, ReadOnlySpan<ContextualKey> names)
    {
        var renewed = _policy.Renewed(entry.CreatedTicks, expires, now);
        if (renewed == expires)
        {
            // Another was quicker, and has still to say so.
            entry.Postpone(_policy.DueOf(entry.CreatedTicks, expires));
            return;
        }

        Extend(entry, expires, renewed);
        foreach (ref readonly var name in names)
        {
            if (StateOf(name.Key) is { } state)
            {
                ExtendSame(state, entry, renewed, now);
            }
        }
    }

    // The same signature under another name was used as much: it is asked for by the first name that answers.
    private void ExtendSame(object state, CachedSignature entry, long renewed, long now)
    {
        if (state is CandidateSet set)
        {
            foreach (var candidate in set.Entries)
            {
                ExtendIfSame(candidate, entry, renewed, now);
            }
        }
        else
        {
            ExtendIfSame((CachedSignature)state, entry, renewed, now);
        }
    }

    private void ExtendIfSame(CachedSignature name, CachedSignature entry, long renewed, long now)
    {
        var expires = name.ExpiresTicks;
        if (now < expires && expires < renewed && name.Packed.Equals(entry.Packed))
        {
            Extend(name, expires, renewed);
        }
    }

    private void Extend(CachedSignature entry, long expires, long renewed)
    {
        if (entry.TryExtend(expires, renewed, _policy.DueOf(entry.CreatedTicks, renewed)))
        {
            _counters.CountRenewal();
            _renewed?.Add(entry);
        }
    }

    // What was removed, replaced or evicted meanwhile the store has heard of already, and must not hear of again.
    private void TellOfRenewed(IReadOnlyList<CachedSignature> entries)
    {
        lock (_writes)
        {
            foreach (var entry in entries)
            {
                if (Holds(entry))
                {
                    _journal?.OnPut(entry, isReplacement: false);
                }
            }
        }
    }

    private bool Holds(CachedSignature entry) => StateOf(entry.KeyReference) is { } state && KeyState.Holds(state, entry);

    // A put of the same again is a use as well. Nobody sees the entry yet.
    private void GoOn(object? live, CachedSignature entry, bool isCandidate)
    {
        if (_isAdaptive && live is not null && (isCandidate ? KeyState.Same(live, entry) : KeyState.Newest(live)) is { } replaced)
        {
            var expires = _policy.Replaced(replaced.CreatedTicks, replaced.ExpiresTicks, entry.CreatedTicks);
            entry.TryExtend(entry.ExpiresTicks, expires, _policy.DueOf(entry.CreatedTicks, expires));
        }
    }

    private static void Postpone(CachedSignature entry, long now)
    {
        var left = entry.ExpiresTicks - now;
        entry.Postpone(now + Math.Min(left, Math.Max(left / AttemptsSpacing, TimeSpan.TicksPerSecond)));
    }

    private void OnRefreshFailed(CachedSignature entry, Exception? failure)
    {
        Postpone(entry, _clock.NowTicks);
        LogRefreshFailed(_logger, failure?.GetType().Name ?? "no signature");
    }

    // O(entries), in the background: nothing else knows all the names of a signature.
    private bool TryTakeIn(CachedSignature entry, string signature)
    {
        var names = new List<CachedSignature>();
        foreach (var state in _table.All())
        {
            KeyState.AddSame(state, entry.Packed, names);
        }

        if (!IsAccepted(entry.KeyReference, signature) || !names.TrueForAll(name => IsSizeAccepted(name.KeyReference, signature.Length)))
        {
            return false;
        }

        var packed = PackedSignature.Pack(signature);
        var now = _clock.NowTicks;
        lock (_writes)
        {
            foreach (var name in names)
            {
                if (!_disposed && name.ExpiresTicks > now && Holds(name))
                {
                    var expires = _policy.Replaced(name.CreatedTicks, name.ExpiresTicks, now);
                    PutInPlaceOf(name, Create(name.KeyReference, name.ContextReference, packed, now, expires), now);
                }
            }
        }

        return true;
    }

    private void PutInPlaceOf(CachedSignature old, CachedSignature fresh, long now)
    {
        fresh.InheritRequests(old);
        var state = _table.Find(old.KeyReference.Hash)!;
        var replacement = KeyState.Exchange(state, old, fresh, _maxBytes);
        Replace(state, replacement, now);
        _counters.CountPut();
        TellOfAll(replacement);
    }

    // A store removes by key, so what else is kept under it is put once more.
    private void TellOfAll(object state)
    {
        var entries = KeyState.EntriesOf(state);
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            _journal?.OnPut(entries[i], isReplacement: i == entries.Count - 1);
        }
    }
}
