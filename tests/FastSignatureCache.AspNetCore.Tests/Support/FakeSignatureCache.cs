using System.Diagnostics.CodeAnalysis;

namespace FastSignatureCache.AspNetCore.Tests.Support;

/// <summary>A real cache whose figures can be made up, and whose listing can refuse its cursor.</summary>
internal sealed class FakeSignatureCache : ISignatureCache, IDisposable
{
    private readonly SignatureCache _cache;

    public FakeSignatureCache(TimeProvider timeProvider) => _cache = new(timeProvider: timeProvider);

    /// <summary>What the metrics are; null for the cache's own.</summary>
    public SignatureCacheMetrics? Metrics { get; set; }

    /// <summary>How often the metrics were asked for.</summary>
    public int Snapshots { get; private set; }

    /// <summary>What was listed last.</summary>
    public SignatureEntryQuery? Query { get; private set; }

    public int Count => _cache.Count;

    public long EstimatedBytes => _cache.EstimatedBytes;

    public bool TryGet(in SignatureKey key, [NotNullWhen(true)] out CachedSignature? entry) => _cache.TryGet(key, out entry);

    public SignatureLookup Lookup(in SignatureKey key) => _cache.Lookup(key);

    public SignatureLookup Lookup(ReadOnlySpan<ContextualKey> alternatives) => _cache.Lookup(alternatives);

    public bool Put(in SignatureKey key, string signature) => _cache.Put(key, signature);

    public bool Put(in SignatureKey key, ReadOnlySpan<char> signature) => _cache.Put(key, signature);

    public bool Put(in SignatureKey key, ReadOnlySpan<byte> utf8Signature) => _cache.Put(key, utf8Signature);

    public bool Put(ReadOnlySpan<ContextualKey> keys, string signature) => _cache.Put(keys, signature);

    public bool Remove(in SignatureKey key) => _cache.Remove(key);

    public bool ReportCorrupted(in SignatureKey key) => _cache.ReportCorrupted(key);

    public bool ReportCorrupted(ReadOnlySpan<SignatureKey> keys, CorruptionReason reason) => _cache.ReportCorrupted(keys, reason);

    public int RemoveExpired() => _cache.RemoveExpired();

    public void Clear() => _cache.Clear();

    public ValueTask PrefetchAsync(string conversationId, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask CommitAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public SignatureEntryPage List(SignatureEntryQuery query)
    {
        Query = query;
        return query.Cursor == "none of ours" ? throw new ArgumentException("The cursor is none of ours.") : _cache.List(query with { Cursor = null });
    }

    public SignatureCacheMetrics GetMetrics()
    {
        Snapshots++;
        return Metrics ?? _cache.GetMetrics();
    }

    public void ResetMetrics() => _cache.ResetMetrics();

    public void Dispose() => _cache.Dispose();
}
