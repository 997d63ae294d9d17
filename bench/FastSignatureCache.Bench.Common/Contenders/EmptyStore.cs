using FastSignatureCache.Stores;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>A store that is as fast as none: it keeps nothing.</summary>
internal sealed class EmptyStore : ISignatureStore
{
    public ValueTask<IReadOnlyList<StoredSignature>> GetAsync(
        IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken) => new([]);

    public ValueTask PutAsync(IReadOnlyList<StoredSignature> signatures, CancellationToken cancellationToken) => default;

    public ValueTask RemoveAsync(IReadOnlyList<SignatureKey> keys, CancellationToken cancellationToken) => default;

    public IAsyncEnumerable<StoredSignature> GetNewestAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<StoredSignature>();

    public ValueTask<long> RemoveExpiredAsync(CancellationToken cancellationToken) => new(0);

    public ValueTask ClearAsync(CancellationToken cancellationToken) => default;

    public ValueTask DisposeAsync() => default;
}
