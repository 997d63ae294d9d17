using System.Diagnostics.CodeAnalysis;

namespace FastSignatureCache.Http.Tests.Support;

/// <summary>A cache that remembers what was put and knows nothing but what an inner one knows.</summary>
internal sealed class RecordingCache : ISignatureCache
{
    /// <summary>Part and signature of every put, in order.</summary>
    public List<string> Puts { get; } = [];

    /// <summary>What answers look-ups, if anything does.</summary>
    public ISignatureCache? Inner { get; set; }

    /// <summary>What it does when it is to bring a conversation into memory.</summary>
    public Func<string, ValueTask> OnPrefetch { get; set; } = _ => ValueTask.CompletedTask;

    /// <summary>What it does when the puts so far are to become durable.</summary>
    public Func<ValueTask> OnCommit { get; set; } = () => ValueTask.CompletedTask;

    public int Count => Puts.Count;

    public long EstimatedBytes => 0;

    public bool TryGet(in SignatureKey key, [NotNullWhen(true)] out CachedSignature? entry)
    {
        entry = null;
        return false;
    }

    public SignatureLookup Lookup(in SignatureKey key) => new(SignatureLookupStatus.Miss, null);

    public SignatureLookup Lookup(ReadOnlySpan<ContextualKey> alternatives) =>
        Inner?.Lookup(alternatives) ?? new(SignatureLookupStatus.Miss, null);

    public bool Put(in SignatureKey key, string signature) => throw new NotSupportedException();

    public bool Put(in SignatureKey key, ReadOnlySpan<char> signature) => throw new NotSupportedException();

    public bool Put(in SignatureKey key, ReadOnlySpan<byte> utf8Signature) => throw new NotSupportedException();

    public bool Put(ReadOnlySpan<ContextualKey> keys, string signature)
    {
        foreach (ContextualKey key in keys)
        {
            Puts.Add($"{key.Key.PartId} {key.Context} {signature}");
        }

        return true;
    }

    public bool Remove(in SignatureKey key) => false;

    public bool ReportCorrupted(in SignatureKey key) => false;

    public bool ReportCorrupted(ReadOnlySpan<SignatureKey> keys, CorruptionReason reason) => false;

    public int RemoveExpired() => 0;

    public void Clear() => Puts.Clear();

    public ValueTask PrefetchAsync(string conversationId, CancellationToken cancellationToken = default) => OnPrefetch(conversationId);

    public ValueTask CommitAsync(CancellationToken cancellationToken = default) => OnCommit();

    public SignatureEntryPage List(SignatureEntryQuery query) => new([], null);

    public SignatureCacheMetrics GetMetrics() => new();

    public void ResetMetrics()
    {
    }
}
