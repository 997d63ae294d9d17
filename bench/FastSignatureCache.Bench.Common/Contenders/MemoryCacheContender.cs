using System.Runtime.CompilerServices;
using FastSignatureCache.Bench.Workloads;
using Microsoft.Extensions.Caching.Memory;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>Microsoft's <see cref="MemoryCache"/>, bounded by giving every entry the size 1.</summary>
/// <remarks>A full one refuses what is put and makes room in the background, 5 % at a time.</remarks>
public readonly struct MemoryCacheContender : IContender<MemoryCacheContender>
{
    private readonly MemoryCache _cache;
    private readonly ContenderSettings _settings;

    private MemoryCacheContender(MemoryCache cache, ContenderSettings settings)
    {
        _cache = cache;
        _settings = settings;
    }

    /// <inheritdoc/>
    public static string Name => "MemoryCache, joined key";

    /// <inheritdoc/>
    public int Count => _cache.Count;

    /// <inheritdoc/>
    public static MemoryCacheContender Create(ContenderSettings settings) =>
        new(new MemoryCache(new MemoryCacheOptions { SizeLimit = settings.Capacity }), settings);

    /// <inheritdoc/>
    public object? Find(in RequestKey key) =>
        _cache.TryGetValue(JoinedKey.Of(key), out PeerEntry? entry) && entry!.IsFor(key.ConversationId, key.ModelId) ? entry : null;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public object? FindBySpans(in RequestKey key)
    {
        Span<char> buffer = stackalloc char[JoinedKey.StackLength];
        return _cache.TryGetValue(JoinedKey.Of(key, buffer), out PeerEntry? entry) && entry!.IsFor(key.ConversationSpan, key.ModelSpan)
            ? entry
            : null;
    }

    /// <inheritdoc/>
    public void Put(in RequestKey key, string signature)
    {
        if (PeerEntry.TryCreate(key.ConversationId, key.ModelId, signature, _settings.TimeToLive) is { } entry)
        {
            using var item = _cache.CreateEntry(JoinedKey.Of(key));
            item.Size = 1;
            item.AbsoluteExpirationRelativeToNow = _settings.TimeToLive;
            item.Value = entry;
        }
    }

    /// <inheritdoc/>
    public void Settle(in RequestKey key) => Compaction.Await(_cache, JoinedKey.Of(key), _settings.Capacity);

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();
}
