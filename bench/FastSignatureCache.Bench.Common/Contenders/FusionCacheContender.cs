using FastSignatureCache.Bench.Workloads;
using Microsoft.Extensions.Caching.Memory;
using ZiggyCreatures.Caching.Fusion;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>FusionCache with its memory level alone, over a <see cref="MemoryCache"/> bounded by giving every entry the size 1.</summary>
public readonly struct FusionCacheContender : IContender<FusionCacheContender>
{
    private readonly MemoryCache _memory;
    private readonly FusionCache _cache;
    private readonly ContenderSettings _settings;

    private FusionCacheContender(MemoryCache memory, FusionCache cache, ContenderSettings settings)
    {
        _memory = memory;
        _cache = cache;
        _settings = settings;
    }

    /// <inheritdoc/>
    public static string Name => "FusionCache, joined key";

    /// <inheritdoc/>
    public int Count => _memory.Count;

    /// <inheritdoc/>
    public static FusionCacheContender Create(ContenderSettings settings)
    {
        var memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = settings.Capacity });
        var options = new FusionCacheOptions
        {
            DefaultEntryOptions = new FusionCacheEntryOptions { Duration = settings.TimeToLive, Size = 1 },
        };
        return new FusionCacheContender(memory, new FusionCache(options, memory), settings);
    }

    /// <inheritdoc/>
    public object? Find(in RequestKey key)
    {
        var found = _cache.TryGet<PeerEntry>(JoinedKey.Of(key));
        return found.HasValue && found.Value.IsFor(key.ConversationId, key.ModelId) ? found.Value : null;
    }

    /// <inheritdoc/>
    /// <remarks>It has no look-up by span: the joined key is made a string.</remarks>
    public object? FindBySpans(in RequestKey key)
    {
        var found = _cache.TryGet<PeerEntry>(string.Concat(key.ConversationSpan, ":", key.ModelSpan));
        return found.HasValue && found.Value.IsFor(key.ConversationSpan, key.ModelSpan) ? found.Value : null;
    }

    /// <inheritdoc/>
    public void Put(in RequestKey key, string signature)
    {
        if (PeerEntry.TryCreate(key.ConversationId, key.ModelId, signature, _settings.TimeToLive) is { } entry)
        {
            _cache.Set(JoinedKey.Of(key), entry);
        }
    }

    /// <inheritdoc/>
    public void Settle(in RequestKey key) => Compaction.Await(_memory, JoinedKey.Of(key), _settings.Capacity);

    /// <inheritdoc/>
    public void Dispose()
    {
        _cache.Dispose();
        _memory.Dispose();
    }
}
