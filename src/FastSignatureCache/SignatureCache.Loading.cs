using FastSignatureCache.Candidates;
using FastSignatureCache.Eviction;
using FastSignatureCache.Packing;
using FastSignatureCache.Stores;

namespace FastSignatureCache;

// What comes from a store. Nobody sees it before it has passed the same checks as a put, and it never takes the place of what is newer.
public sealed partial class SignatureCache
{
    /// <summary>Checks what a store returned: form and format, size, time to live. O(length).</summary>
    /// <returns>The entry with the times it had, or null when it must not be used.</returns>
    internal CachedSignature? Verify(StoredSignature stored)
    {
        var (key, context, payload, createdAt, expiresAt) = stored;
        return !key.IsDefault
            && expiresAt.UtcTicks > _clock.NowTicks
            && PackedSignature.TryUnpack(payload, _maxSignatureLength, _format) is { } packed
            && EntrySize.OfWorstCase(key, packed.Length) <= _maxBytes
                ? Create(key, context, packed, createdAt.UtcTicks, expiresAt.UtcTicks)
                : null;
    }

    /// <summary>Takes in what a store returned, unless it was removed or replaced since the load began.</summary>
    /// <param name="entry">A verified entry that nobody else holds.</param>
    /// <param name="load">The load that it belongs to.</param>
    /// <param name="mayEvict">Whether other keys may be evicted for it. If not, it takes the place of what was used least recently.</param>
    /// <returns>False when there is no room.</returns>
    internal bool TryRestore(CachedSignature entry, StoreLoad load, bool mayEvict)
    {
        var now = _clock.NowTicks;
        lock (_writes)
        {
            if (_disposed || load.Hides(entry.KeyReference))
            {
                return true;
            }

            if (_table.Find(entry.KeyReference.Hash) is { } state)
            {
                // Another key with the same hash was put later, and there is room for one.
                return !KeyState.Newest(state).KeyReference.HasSameParts(entry.KeyReference) || TryMerge(state, entry, now, mayEvict);
            }

            if (mayEvict)
            {
                Add(entry, now);
                _order.Expect(entry);
                return true;
            }

            var bytes = EntrySize.OfState(entry);
            if (_order.Count >= _capacity || _occupancy.Bytes + bytes > _maxBytes)
            {
                return false;
            }

            _order.Reserve();
            _table.Reserve();
            _order.AddOldest(entry);
            _table.Add(entry);
            _occupancy.Add(bytes);
            _ghosts.Remove(entry.KeyReference.Hash);
            return true;
        }
    }

    /// <summary>Does what another process did: the journal has nothing to write.</summary>
    /// <param name="removal">What was removed.</param>
    /// <param name="tracker">Told under the same lock, so that no load brings it back.</param>
    internal void Follow(StoreRemoval removal, LoadTracker tracker)
    {
        var key = removal.Key;
        var now = _clock.NowTicks;
        IEnumerable<object> cleared = [];
        lock (_writes)
        {
            tracker.OnRemovedElsewhere(key);
            if (removal.IsOfEverything)
            {
                cleared = Empty();
            }
            else if (StateOf(key) is { } state)
            {
                Forget(state, RemovalReason.Removed, now);
            }
        }

        CountCleared(cleared, now);
    }

    private bool TryMerge(object state, CachedSignature entry, long now, bool mayEvict)
    {
        if (mayEvict)
        {
            // Or the rest of its conversation would push out what was here of it.
            _order.Expect(state);
        }

        var replacement = KeyState.WithoutExpired(state, now) is { } live ? KeyState.WithLoaded(live, entry, _maxBytes) : entry;
        if (ReferenceEquals(replacement, state))
        {
            return true;
        }

        if (!mayEvict && _occupancy.Bytes + EntrySize.OfState(replacement) - EntrySize.OfState(state) > _maxBytes)
        {
            return false;
        }

        Replace(state, replacement, now);
        return true;
    }
}
