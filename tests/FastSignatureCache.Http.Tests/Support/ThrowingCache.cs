using System.Diagnostics.CodeAnalysis;

namespace FastSignatureCache.Http.Tests.Support;

/// <summary>A cache in which everything fails.</summary>
internal sealed class ThrowingCache : ISignatureCache
{
    public int Count => throw Failure;

    public long EstimatedBytes => throw Failure;

    private static InvalidOperationException Failure => new("The cache is broken.");

    public bool TryGet(in SignatureKey key, [NotNullWhen(true)] out CachedSignature? entry) => throw Failure;

    public SignatureLookup Lookup(in SignatureKey key) => throw Failure;

    public SignatureLookup Lookup(ReadOnlySpan<ContextualKey> alternatives) => throw Failure;

    public bool Put(in SignatureKey key, string signature) => throw Failure;

    public bool Put(in SignatureKey key, ReadOnlySpan<char> signature) => throw Failure;

    public bool Put(in SignatureKey key, ReadOnlySpan<byte> utf8Signature) => throw Failure;

    public bool Put(ReadOnlySpan<ContextualKey> keys, string signature) => throw Failure;

    public bool Remove(in SignatureKey key) => throw Failure;

    public bool ReportCorrupted(in SignatureKey key) => throw Failure;

    public bool ReportCorrupted(ReadOnlySpan<SignatureKey> keys, CorruptionReason reason) => throw Failure;

    public int RemoveExpired() => throw Failure;

    public void Clear() => throw Failure;

    public ValueTask PrefetchAsync(string conversationId, CancellationToken cancellationToken = default) => throw Failure;

    public ValueTask CommitAsync(CancellationToken cancellationToken = default) => throw Failure;

    public SignatureEntryPage List(SignatureEntryQuery query) => throw Failure;

    public SignatureCacheMetrics GetMetrics() => throw Failure;

    public void ResetMetrics() => throw Failure;
}
