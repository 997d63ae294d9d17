using BitFaster.Caching.Lru;

namespace FastSignatureCache.Stores;

/// <summary>
/// Of which conversations memory holds all that the store has, where nobody else writes to it. Only <see cref="Contains"/> is thread-safe; all
/// else is done under the tracker's lock.
/// </summary>
/// <remarks>
/// Only a load makes a conversation known. A put doesn't: after a restart the store may hold earlier signatures of the same
/// conversation, and a choice among some of the candidates is not the same as one among all.
/// </remarks>
/// <param name="maxCount">The most conversations that are remembered.</param>
internal sealed class KnownConversations(int maxCount)
{
    // An LRU, so that made-up conversations can't fill memory. A mark that is lost costs a load.
    private readonly FastConcurrentLru<string, bool> _known = new(maxCount);
    private bool _areAllKnown;

    public bool Contains(string conversationId) => Volatile.Read(ref _areAllKnown) || _known.TryGet(conversationId, out _);

    /// <param name="conversationId">The conversation; null for all there are.</param>
    public void Add(string? conversationId)
    {
        if (conversationId is null)
        {
            Volatile.Write(ref _areAllKnown, true);
        }
        else
        {
            _known.AddOrUpdate(conversationId, true);
        }
    }

    public void Remove(string conversationId)
    {
        Volatile.Write(ref _areAllKnown, false);
        _known.TryRemove(conversationId);
    }
}
