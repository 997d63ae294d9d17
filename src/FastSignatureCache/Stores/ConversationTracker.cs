using BitFaster.Caching.Lru;

namespace FastSignatureCache.Stores;

/// <summary>
/// Knows of which conversations memory holds all that the store has, and what loads must not bring back. Thread-safe: its own lock
/// is taken last, under the cache's write lock too.
/// </summary>
/// <remarks>
/// Only a load makes a conversation known. A put doesn't: after a restart the store may hold earlier signatures of the same
/// conversation, and a choice among some of the candidates is not the same as one among all.
/// </remarks>
/// <param name="maxKnown">The most conversations that are remembered.</param>
/// <param name="isStoreShared">Whether others write to the store: then nothing is ever known.</param>
internal sealed class ConversationTracker(int maxKnown, bool isStoreShared)
{
    private readonly Lock _sync = new();

    // An LRU, so that made-up conversations can't fill memory. A mark that is lost costs a load.
    private readonly FastConcurrentLru<string, bool> _known = new(maxKnown);
    private readonly Dictionary<string, int> _queuedChanges = [];
    private readonly Dictionary<SignatureKey, int> _queuedRemovals = [];
    private readonly HashSet<StoreLoad> _loads = [];
    private bool _holdsEverything;

    /// <summary>Whether memory has all that the store has of a conversation.</summary>
    public bool IsKnown(string conversationId) => Volatile.Read(ref _holdsEverything) || _known.TryGet(conversationId, out _);

    /// <summary>A change was made in memory, and is on its way to the store.</summary>
    public void OnQueued(in StoreChange change)
    {
        lock (_sync)
        {
            Count(_queuedChanges, change.Key.ConversationId, 1);
            if (change.Removes)
            {
                Count(_queuedRemovals, change.Key, 1);
                HideFromLoads(change.Key);
            }
        }
    }

    /// <summary>Another process has removed a key from the store; <c>default</c> stands for all.</summary>
    public void OnRemovedElsewhere(in SignatureKey key)
    {
        lock (_sync)
        {
            HideFromLoads(key);
        }
    }

    /// <summary>A change has reached the store, or never will.</summary>
    public void OnSettled(in StoreChange change)
    {
        lock (_sync)
        {
            Count(_queuedChanges, change.Key.ConversationId, -1);
            if (change.Removes)
            {
                Count(_queuedRemovals, change.Key, -1);
            }
        }
    }

    /// <summary>A key had to leave memory.</summary>
    public void OnEvicted(in SignatureKey key)
    {
        lock (_sync)
        {
            Volatile.Write(ref _holdsEverything, false);
            _known.TryRemove(key.ConversationId);
            foreach (var load in _loads)
            {
                load.IsIncomplete |= load.Concerns(key.ConversationId);
            }
        }
    }

    /// <summary>Begins a load, before the store is asked.</summary>
    /// <param name="conversationId">What is loaded; null for everything.</param>
    public StoreLoad Begin(string? conversationId)
    {
        lock (_sync)
        {
            // What is still queued may be evicted from memory and yet be missing in what the store returns.
            var load = new StoreLoad(conversationId, _sync)
            {
                IsIncomplete = isStoreShared
                    || (conversationId is null ? _queuedChanges.Count > 0 : _queuedChanges.ContainsKey(conversationId)),
            };
            foreach (var key in _queuedRemovals.Keys)
            {
                load.Remove(key);
            }

            _loads.Add(load);
            return load;
        }
    }

    /// <summary>Ends a load.</summary>
    /// <param name="load">The load.</param>
    /// <param name="isWhole">Whether all that the store returned was taken in.</param>
    public void End(StoreLoad load, bool isWhole)
    {
        lock (_sync)
        {
            _loads.Remove(load);
            if (!isWhole || load.IsIncomplete)
            {
                return;
            }

            if (load.ConversationId is { } conversation)
            {
                _known.AddOrUpdate(conversation, true);
            }
            else
            {
                Volatile.Write(ref _holdsEverything, true);
            }
        }
    }

    private void HideFromLoads(in SignatureKey key)
    {
        foreach (var load in _loads)
        {
            load.Remove(key);
        }
    }

    private static void Count<TKey>(Dictionary<TKey, int> counts, TKey key, int change)
        where TKey : notnull
    {
        var count = counts.GetValueOrDefault(key) + change;
        if (count == 0)
        {
            counts.Remove(key);
        }
        else
        {
            counts[key] = count;
        }
    }
}
