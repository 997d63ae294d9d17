using System.Runtime.CompilerServices;
using FastSignatureCache.Bench.Workloads;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>Microsoft's <see cref="HybridCache"/> with its memory level alone, bounded by giving every entry the size 1.</summary>
public readonly struct HybridCacheContender : IContender<HybridCacheContender>
{
    private readonly ServiceProvider _services;
    private readonly HybridCache _cache;
    private readonly MemoryCache _memory;
    private readonly HybridCacheEntryOptions _reading;
    private readonly ContenderSettings _settings;

    private HybridCacheContender(ContenderSettings settings)
    {
        var services = new ServiceCollection();
        services.AddMemoryCache(options => options.SizeLimit = settings.Capacity);
        services
            .AddHybridCache(options => options.DefaultEntryOptions = new HybridCacheEntryOptions
            {
                Expiration = settings.TimeToLive,
                LocalCacheExpiration = settings.TimeToLive,
                Flags = HybridCacheEntryFlags.DisableDistributedCache,
            })
            .AddSerializer<PeerEntry, UnitSizeSerializer>();
        _services = services.BuildServiceProvider();
        _cache = _services.GetRequiredService<HybridCache>();
        _memory = (MemoryCache)_services.GetRequiredService<IMemoryCache>();
        _settings = settings;

        // Its interface knows no look-up without a factory; this is the form that its documentation gives for one.
        _reading = new HybridCacheEntryOptions
        {
            Flags = HybridCacheEntryFlags.DisableUnderlyingData
                | HybridCacheEntryFlags.DisableDistributedCache
                | HybridCacheEntryFlags.DisableLocalCacheWrite,
        };
    }

    /// <inheritdoc/>
    public static string Name => "HybridCache, joined key";

    /// <inheritdoc/>
    public int Count => _memory.Count;

    /// <inheritdoc/>
    public static HybridCacheContender Create(ContenderSettings settings) => new(settings);

    /// <inheritdoc/>
    public object? Find(in RequestKey key) =>
        Await(_cache.GetOrCreateAsync<PeerEntry?>(JoinedKey.Of(key), static _ => default, _reading)) is { } entry
        && entry.IsFor(key.ConversationId, key.ModelId)
            ? entry
            : null;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public object? FindBySpans(in RequestKey key)
    {
        Span<char> buffer = stackalloc char[JoinedKey.StackLength];
        return Await(_cache.GetOrCreateAsync<PeerEntry?>(JoinedKey.Of(key, buffer), static _ => default, _reading)) is { } entry
            && entry.IsFor(key.ConversationSpan, key.ModelSpan)
                ? entry
                : null;
    }

    /// <inheritdoc/>
    public void Put(in RequestKey key, string signature)
    {
        if (PeerEntry.TryCreate(key.ConversationId, key.ModelId, signature, _settings.TimeToLive) is { } entry)
        {
            var put = _cache.SetAsync(JoinedKey.Of(key), entry);
            if (!put.IsCompletedSuccessfully)
            {
                put.AsTask().GetAwaiter().GetResult();
            }
        }
    }

    /// <inheritdoc/>
    public void Settle(in RequestKey key) => Compaction.Await(_memory, JoinedKey.Of(key), _settings.Capacity);

    /// <inheritdoc/>
    public void Dispose() => _services.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PeerEntry? Await(ValueTask<PeerEntry?> task) =>
        task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();
}
