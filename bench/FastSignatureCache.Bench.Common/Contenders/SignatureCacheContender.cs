using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>The engine of this repository, with its default settings but for the two bounds.</summary>
public readonly struct SignatureCacheContender : IContender<SignatureCacheContender>
{
    private readonly SignatureCache _cache;

    private SignatureCacheContender(SignatureCache cache) => _cache = cache;

    /// <inheritdoc/>
    public static string Name => "FastSignatureCache";

    /// <inheritdoc/>
    public int Count => _cache.Count;

    /// <summary>The cache's own estimate of the memory it takes.</summary>
    public long EstimatedBytes => _cache.EstimatedBytes;

    /// <inheritdoc/>
    public static SignatureCacheContender Create(ContenderSettings settings) => new(new SignatureCache(new SignatureCacheOptions
    {
        Capacity = settings.Capacity,
        TimeToLive = settings.TimeToLive,

        // The default of 64 MiB would bound a cache of 1,000,000 entries before its capacity does.
        MaxBytes = long.MaxValue,
    }));

    /// <inheritdoc/>
    public object? Find(in RequestKey key) =>
        _cache.TryGet(new SignatureKey(key.ConversationId, key.ModelId), out var entry) ? entry : null;

    /// <inheritdoc/>
    /// <remarks>The engine's key is made of strings: whoever has spans makes strings of them first, and that is measured.</remarks>
    public object? FindBySpans(in RequestKey key) =>
        _cache.TryGet(new SignatureKey(new string(key.ConversationSpan), new string(key.ModelSpan)), out var entry) ? entry : null;

    /// <inheritdoc/>
    public void Put(in RequestKey key, string signature) => _cache.Put(new SignatureKey(key.ConversationId, key.ModelId), signature);

    /// <inheritdoc/>
    public void Settle(in RequestKey key)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();
}
