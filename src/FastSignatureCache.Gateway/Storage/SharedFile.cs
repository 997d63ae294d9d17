using System.Runtime.CompilerServices;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Gateway.Storage;

/// <summary>
/// A file that several gateways on one machine may have open: what this one has in memory of a conversation is never taken for all there is.
/// To ask the file costs little beside what a model takes to answer, and without it whoever starts a second gateway would lose signatures.
/// </summary>
/// <param name="file">The store. It is disposed of together with this.</param>
internal sealed class SharedFile(ISignatureStore file) : ISharedSignatureStore
{
    /// <remarks>No gateway removes what another may want: a file has nothing to tell.</remarks>
    public async IAsyncEnumerable<StoreRemoval> WatchRemovalsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        yield break;
    }

    public ValueTask<IReadOnlyList<StoredSignature>> GetAsync(
        IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken) => file.GetAsync(conversationIds, cancellationToken);

    public ValueTask PutAsync(IReadOnlyList<StoredSignature> signatures, CancellationToken cancellationToken) =>
        file.PutAsync(signatures, cancellationToken);

    public ValueTask RemoveAsync(IReadOnlyList<SignatureKey> keys, CancellationToken cancellationToken) =>
        file.RemoveAsync(keys, cancellationToken);

    public IAsyncEnumerable<StoredSignature> GetNewestAsync(CancellationToken cancellationToken) => file.GetNewestAsync(cancellationToken);

    public ValueTask<long> RemoveExpiredAsync(CancellationToken cancellationToken) => file.RemoveExpiredAsync(cancellationToken);

    public ValueTask ClearAsync(CancellationToken cancellationToken) => file.ClearAsync(cancellationToken);

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
