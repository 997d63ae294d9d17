using System.Runtime.CompilerServices;
using BitFaster.Caching;
using BitFaster.Caching.Lru;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>BitFaster's LRU without metrics, with its default partition. Time to live is checked here: it has none.</summary>
public readonly struct FastConcurrentLruContender : IContender<FastConcurrentLruContender>
{
    private readonly FastConcurrentLru<string, PeerEntry> _cache;
    private readonly IAlternateLookup<ReadOnlySpan<char>, string, PeerEntry> _bySpan;
    private readonly TimeSpan _timeToLive;

    private FastConcurrentLruContender(FastConcurrentLru<string, PeerEntry> cache, TimeSpan timeToLive)
    {
        _cache = cache;
        _bySpan = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        _timeToLive = timeToLive;
    }

    /// <inheritdoc/>
    public static string Name => "BitFaster FastConcurrentLru, joined key";

    /// <inheritdoc/>
    public int Count => _cache.Count;

    /// <inheritdoc/>
    public static FastConcurrentLruContender Create(ContenderSettings settings) =>
        new(new FastConcurrentLru<string, PeerEntry>(settings.Capacity), settings.TimeToLive);

    /// <inheritdoc/>
    public object? Find(in RequestKey key) =>
        _cache.TryGet(JoinedKey.Of(key), out var entry) && !entry.HasExpired && entry.IsFor(key.ConversationId, key.ModelId)
            ? entry
            : null;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public object? FindBySpans(in RequestKey key)
    {
        Span<char> buffer = stackalloc char[JoinedKey.StackLength];
        return _bySpan.TryGet(JoinedKey.Of(key, buffer), out var entry)
            && !entry.HasExpired
            && entry.IsFor(key.ConversationSpan, key.ModelSpan)
                ? entry
                : null;
    }

    /// <inheritdoc/>
    public void Put(in RequestKey key, string signature)
    {
        if (PeerEntry.TryCreate(key.ConversationId, key.ModelId, signature, _timeToLive) is { } entry)
        {
            _cache.AddOrUpdate(JoinedKey.Of(key), entry);
        }
    }

    /// <inheritdoc/>
    public void Settle(in RequestKey key)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
