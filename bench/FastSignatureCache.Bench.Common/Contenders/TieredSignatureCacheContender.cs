using FastSignatureCache.Bench.Workloads;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>The engine with a store under its memory. What is measured is memory: the store must cost a look-up nothing.</summary>
public readonly struct TieredSignatureCacheContender : IContender<TieredSignatureCacheContender>
{
    private readonly TieredSignatureCache _cache;

    private TieredSignatureCacheContender(TieredSignatureCache cache) => _cache = cache;

    /// <inheritdoc/>
    public static string Name => "FastSignatureCache with a store";

    /// <inheritdoc/>
    public int Count => _cache.Count;

    /// <inheritdoc/>
    public static TieredSignatureCacheContender Create(ContenderSettings settings) => new(new TieredSignatureCache(
        new EmptyStore(),
        memoryOptions: new() { Capacity = settings.Capacity, TimeToLive = settings.TimeToLive, MaxBytes = long.MaxValue }));

    /// <inheritdoc/>
    public object? Find(in RequestKey key) =>
        _cache.TryGet(new SignatureKey(key.ConversationId, key.ModelId), out var entry) ? entry : null;

    /// <inheritdoc/>
    public object? FindBySpans(in RequestKey key) =>
        _cache.TryGet(new SignatureKey(new string(key.ConversationSpan), new string(key.ModelSpan)), out var entry) ? entry : null;

    /// <inheritdoc/>
    public void Put(in RequestKey key, string signature) => _cache.Put(new SignatureKey(key.ConversationId, key.ModelId), signature);

    /// <inheritdoc/>
    public void Settle(in RequestKey key)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
