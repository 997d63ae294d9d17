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
        // The lock only for what has expired: writers should not wait for a walk through everything. And the walk first, the removals after
        // it: these move what the walk has still to come to.
        return _table.All().Where(state => KeyState.HasExpired(state, _clock)).ToList().Count(TryExpire);
    }

    private void RemoveIfExpired(object state, SignatureLookupStatus status)
    {
        if (status == SignatureLookupStatus.Expired)
        {
            TryExpire(state);
        }
    }

    // True when the key has gone; candidates may have expired among others that live on.
    private bool TryExpire(object state)
    {
        // Asked outside of the lock: what is put after this moment cannot have expired at it.
        var now = _clock.NowTicks;
        lock (_writes)
        {
            // Judged again under the lock, and only what was seen: what was put meanwhile is none of our business.
            if (!ReferenceEquals(_table.Find(KeyState.HashOf(state)), state))
            {
                return false;
            }

            var live = KeyState.WithoutExpired(state, now);
            if (live is null)
            {
                Forget(state, RemovalReason.Expired, now);
            }
            else if (!ReferenceEquals(live, state))
            {
                Exchange(state, live, EntrySize.OfState(live) - EntrySize.OfState(state));
            }

            return live is null;
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
