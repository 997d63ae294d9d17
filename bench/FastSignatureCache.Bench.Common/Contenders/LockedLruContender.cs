using FastSignatureCache.Bench.LockedLru;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>The design that the engine replaces: a reader-writer lock around a linked-list LRU, and locked metrics.</summary>
public readonly struct LockedLruContender : IContender<LockedLruContender>
{
    private readonly LockedLruCache _cache;
    private readonly TimeSpan _timeToLive;

    private LockedLruContender(LockedLruCache cache, TimeSpan timeToLive)
    {
        _cache = cache;
        _timeToLive = timeToLive;
    }

    /// <inheritdoc/>
    public static string Name => "Locked linked-list LRU, joined key";

    /// <inheritdoc/>
    public int Count => _cache.Count;

    /// <inheritdoc/>
    public static LockedLruContender Create(ContenderSettings settings) =>
        new(new LockedLruCache(settings.Capacity), settings.TimeToLive);

    /// <inheritdoc/>
    public object? Find(in RequestKey key) =>
        _cache.Find(JoinedKey.Of(key)) is { } entry && entry.IsFor(key.ConversationId, key.ModelId) ? entry : null;

    /// <inheritdoc/>
    /// <remarks>It knows strings only: the joined key is made one.</remarks>
    public object? FindBySpans(in RequestKey key) =>
        _cache.Find(string.Concat(key.ConversationSpan, ":", key.ModelSpan)) is { } entry
        && entry.IsFor(key.ConversationSpan, key.ModelSpan)
            ? entry
            : null;

    /// <inheritdoc/>
    public void Put(in RequestKey key, string signature)
    {
        if (PeerEntry.TryCreate(key.ConversationId, key.ModelId, signature, _timeToLive) is { } entry)
        {
            _cache.Put(JoinedKey.Of(key), entry);
        }
    }

    /// <inheritdoc/>
    public void Settle(in RequestKey key)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();
}
