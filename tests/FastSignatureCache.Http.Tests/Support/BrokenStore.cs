using FastSignatureCache.Stores;

namespace FastSignatureCache.Http.Tests.Support;

/// <summary>A store in which everything fails, or hangs until it is cancelled.</summary>
internal sealed class BrokenStore(bool hangs) : ISignatureStore
{
    public async ValueTask<IReadOnlyList<StoredSignature>> GetAsync(
        IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        await FailAsync(cancellationToken);
        return [];
    }

    public ValueTask PutAsync(IReadOnlyList<StoredSignature> signatures, CancellationToken cancellationToken) => FailAsync(cancellationToken);

    public ValueTask RemoveAsync(IReadOnlyList<SignatureKey> keys, CancellationToken cancellationToken) => FailAsync(cancellationToken);

    public IAsyncEnumerable<StoredSignature> GetNewestAsync(CancellationToken cancellationToken) => throw new IOException("no disk");

    public ValueTask<long> RemoveExpiredAsync(CancellationToken cancellationToken) => throw new IOException("no disk");

    public ValueTask ClearAsync(CancellationToken cancellationToken) => FailAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask FailAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(hangs ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken);
        throw new IOException("no disk");
    }
}
