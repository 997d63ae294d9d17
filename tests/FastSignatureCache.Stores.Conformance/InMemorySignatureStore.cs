using System.Runtime.CompilerServices;

namespace FastSignatureCache.Stores.Conformance;

/// <summary>The plainest store there can be: a list and a lock. For tests of what is built on stores, and to try the suite on.</summary>
public sealed class InMemorySignatureStore(TimeProvider timeProvider) : ISignatureStore
{
    private readonly Lock _lock = new();
    private readonly List<StoredSignature> _kept = [];

    public ValueTask<IReadOnlyList<StoredSignature>> GetAsync(
        IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new([.. _kept.Where(kept => IsLive(kept) && conversationIds.Contains(kept.Key.ConversationId, StringComparer.Ordinal))]);
        }
    }

    public ValueTask PutAsync(IReadOnlyList<StoredSignature> signatures, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (var signature in signatures)
            {
                _kept.RemoveAll(kept => IsSame(kept, signature));
                _kept.Add(signature with { Payload = signature.Payload.ToArray() });
            }
        }

        return default;
    }

    public ValueTask RemoveAsync(IReadOnlyList<SignatureKey> keys, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _kept.RemoveAll(kept => keys.Contains(kept.Key));
        }

        return default;
    }

    public async IAsyncEnumerable<StoredSignature> GetNewestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<StoredSignature> newestFirst;
        lock (_lock)
        {
            newestFirst = [.. _kept.OrderByDescending(kept => kept.CreatedAt)];
        }

        foreach (var signature in newestFirst.Where(IsLive))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return signature;
        }

        await ValueTask.CompletedTask;
    }

    public ValueTask<long> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new(_kept.RemoveAll(kept => !IsLive(kept)));
        }
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _kept.Clear();
        }

        return default;
    }

    public ValueTask DisposeAsync() => default;

    private static bool IsSame(StoredSignature left, StoredSignature right) =>
        left.Key == right.Key && left.Context == right.Context && left.Payload.Span.SequenceEqual(right.Payload.Span);

    private bool IsLive(StoredSignature kept) => kept.ExpiresAt > timeProvider.GetUtcNow();
}
