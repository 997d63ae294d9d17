namespace FastSignatureCache.Stores;

/// <summary>
/// Knows what loads must not bring back, and which of them have brought all that the store has. Thread-safe: its own lock is taken last, under the
/// cache's write lock too.
/// </summary>
/// <param name="known">What has been loaded whole; null where others write to the store, so that nothing can be known.</param>
internal sealed class LoadTracker(KnownConversations? known)
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, int> _queuedChanges = [];
    private readonly Dictionary<SignatureKey, int> _queuedRemovals = [];
    private readonly HashSet<StoreLoad> _loads = [];

    /// <summary>Whether memory has all that the store has of a conversation.</summary>
    public bool IsKnown(string conversationId) => known is not null && known.Contains(conversationId);

    /// <summary>A change was made in memory, and is on its way to the store.</summary>
    public void OnQueued(in StoreChange change)
    {
        if (!Matters(change))
        {
            return;
        }

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
        if (!Matters(change))
        {
            return;
        }

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
        if (known is null)
        {
            return;
        }

        lock (_sync)
        {
            known.Remove(key.ConversationId);
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
                IsIncomplete = conversationId is null ? _queuedChanges.Count > 0 : _queuedChanges.ContainsKey(conversationId),
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
            if (isWhole && !load.IsIncomplete)
            {
                known?.Add(load.ConversationId);
            }
        }
    }

    // Where nothing is ever known, a put keeps no load from bringing anything.
    private bool Matters(in StoreChange change) => known is not null || change.Removes;

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
