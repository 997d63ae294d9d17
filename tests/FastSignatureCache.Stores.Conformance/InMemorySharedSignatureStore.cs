using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FastSignatureCache.Stores.Conformance;

/// <summary>The plainest shared store there can be: instances in one process, for tests of what is built on stores.</summary>
public sealed class InMemorySharedSignatureStore : ISharedSignatureStore
{
    private readonly InMemorySignatureStore _kept;
    private readonly List<Watcher> _watchers;

    /// <param name="timeProvider">The clock.</param>
    public InMemorySharedSignatureStore(TimeProvider timeProvider)
    {
        _kept = new(timeProvider);
        _watchers = [];
    }

    private InMemorySharedSignatureStore(InMemorySharedSignatureStore other)
    {
        _kept = other._kept;
        _watchers = other._watchers;
    }

    /// <summary>Another instance on what this one keeps.</summary>
    public InMemorySharedSignatureStore Connect() => new(this);

    public ValueTask<IReadOnlyList<StoredSignature>> GetAsync(
        IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken) => _kept.GetAsync(conversationIds, cancellationToken);

    public ValueTask PutAsync(IReadOnlyList<StoredSignature> signatures, CancellationToken cancellationToken) =>
        _kept.PutAsync(signatures, cancellationToken);

    public async ValueTask RemoveAsync(IReadOnlyList<SignatureKey> keys, CancellationToken cancellationToken)
    {
        await _kept.RemoveAsync(keys, cancellationToken);
        Tell(keys.Select(static key => new StoreRemoval(key)));
    }

    public IAsyncEnumerable<StoredSignature> GetNewestAsync(CancellationToken cancellationToken) => _kept.GetNewestAsync(cancellationToken);

    public ValueTask<long> RemoveExpiredAsync(CancellationToken cancellationToken) => _kept.RemoveExpiredAsync(cancellationToken);

    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        await _kept.ClearAsync(cancellationToken);
        Tell([default]);
    }

    public async IAsyncEnumerable<StoreRemoval> WatchRemovalsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = new Watcher(this, Channel.CreateUnbounded<StoreRemoval>());
        lock (_watchers)
        {
            _watchers.Add(watcher);
        }

        try
        {
            await foreach (var removal in watcher.Notices.Reader.ReadAllAsync(cancellationToken))
            {
                yield return removal;
            }
        }
        finally
        {
            lock (_watchers)
            {
                _watchers.Remove(watcher);
            }
        }
    }

    public ValueTask DisposeAsync() => default;

    private void Tell(IEnumerable<StoreRemoval> removals)
    {
        lock (_watchers)
        {
            foreach (var removal in removals)
            {
                _watchers.FindAll(watcher => watcher.Instance != this).ForEach(watcher => watcher.Notices.Writer.TryWrite(removal));
            }
        }
    }

    private sealed record Watcher(InMemorySharedSignatureStore Instance, Channel<StoreRemoval> Notices);
}
