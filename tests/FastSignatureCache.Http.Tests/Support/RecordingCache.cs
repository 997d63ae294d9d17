using System.Diagnostics.CodeAnalysis;

namespace FastSignatureCache.Http.Tests.Support;

/// <summary>A cache that remembers what was put and knows nothing.</summary>
internal sealed class RecordingCache : ISignatureCache
{
    /// <summary>Part and signature of every put, in order.</summary>
    public List<string> Puts { get; } = [];

    public int Count => Puts.Count;

    public long EstimatedBytes => 0;

    public bool TryGet(in SignatureKey key, [NotNullWhen(true)] out CachedSignature? entry)
    {
        entry = null;
        return false;
    }

    public SignatureLookup Lookup(in SignatureKey key) => new(SignatureLookupStatus.Miss, null);

    public SignatureLookup Lookup(ReadOnlySpan<ContextualKey> alternatives) => new(SignatureLookupStatus.Miss, null);

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

    public int RemoveExpired() => 0;

    public void Clear() => Puts.Clear();

    public SignatureCacheMetrics GetMetrics() => new();

    public void ResetMetrics()
    {
    }
}
