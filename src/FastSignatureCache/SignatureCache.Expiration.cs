using FastSignatureCache.Candidates;
using FastSignatureCache.Eviction;
using FastSignatureCache.Expiration;

namespace FastSignatureCache;

// Expired entries leave when they are asked for, when the clean-up comes by, or when something is put in their place.
public sealed partial class SignatureCache
{
    private readonly WeakTimer<SignatureCache>? _cleanupTimer;

    /// <inheritdoc/>
    public int RemoveExpired()
    {
        var removed = 0;
        foreach (var (_, slot) in _slots)
        {
            // The lock only for what has expired: writers should not wait for a walk through everything.
            if (SlotState.HasExpired(slot.State, _clock) && TryExpire(slot))
            {
                removed++;
            }
        }

        return removed;
    }

    private void RemoveIfExpired(Slot slot, SignatureLookupStatus status)
    {
        if (status == SignatureLookupStatus.Expired)
        {
            TryExpire(slot);
        }
    }

    // True when the whole slot has gone; candidates may have expired among others that live on.
    private bool TryExpire(Slot slot)
    {
        // Asked outside of the lock: what is put after this moment cannot have expired at it.
        var now = _clock.NowTicks;
        lock (_writes)
        {
            // Judged again under the lock, and by the slot that was seen: what was put meanwhile is none of our business.
            if (!_slots.TryGetValue(slot.Hash, out var current) || !ReferenceEquals(slot, current))
            {
                return false;
            }

            var live = SlotState.WithoutExpired(slot.State, now);
            if (live is null)
            {
                _order.Remove(slot);
                Forget(slot);
                _counters.Expirations.Increment();
                return true;
            }

            var bytes = EntrySize.OfState(live);
            _occupancy.Change(bytes - slot.Bytes);
            slot.State = live;
            slot.Bytes = bytes;
            return false;
        }
    }

    // An exception that leaves a timer ends the process.
    private void CleanUp()
    {
        try
        {
            var removed = RemoveExpired();
            if (removed > 0)
            {
                LogCleanedUp(_logger, removed, Count);
            }
        }
        catch (Exception exception)
        {
            LogCleanupFailed(_logger, exception);
        }
    }
}
