namespace FastSignatureCache.Stores;

/// <summary>One reading of the store, from before it is asked until what it returned is in memory.</summary>
/// <param name="conversationId">What is read; null for everything.</param>
/// <param name="sync">The tracker's lock.</param>
internal sealed class StoreLoad(string? conversationId, Lock sync)
{
    /// <summary>The most removed keys that it remembers: a store that hangs can keep it open for ever.</summary>
    public const int MaxRemoved = 10_000;

    private readonly HashSet<SignatureKey> _removed = [];
    private bool _hidesAll;

    public string? ConversationId => conversationId;

    /// <summary>Whether memory may not have all that the store has when the load ends. Under the tracker's lock.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Whether what the store returned for a key is out of date: the key was removed or replaced in memory.</summary>
    public bool Hides(in SignatureKey key)
    {
        lock (sync)
        {
            return _hidesAll || _removed.Contains(key);
        }
    }

    public bool Concerns(string conversation) => conversationId is null || conversationId == conversation;

    /// <summary>Under the tracker's lock: a key was removed; <c>default</c> stands for all.</summary>
    public void Remove(in SignatureKey key)
    {
        if (key.IsDefault)
        {
            _hidesAll = true;
        }
        else if (Concerns(key.ConversationId) && _removed.Add(key) && _removed.Count > MaxRemoved)
        {
            (_hidesAll, IsIncomplete) = (true, true);
            _removed.Clear();
        }
    }
}
