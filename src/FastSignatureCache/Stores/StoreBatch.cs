namespace FastSignatureCache.Stores;

/// <summary>
/// What several changes come to together: at most one clear, one removal of many keys and one put of many signatures, in this order. Ending
/// half-way it can be written again, alone or with later changes.
/// </summary>
internal sealed class StoreBatch
{
    private readonly Dictionary<SignatureKey, List<StoredSignature>> _puts = [];
    private readonly HashSet<SignatureKey> _removals = [];
    private bool _clears;

    /// <param name="changes">The changes, in order.</param>
    public StoreBatch(IEnumerable<StoreChange> changes)
    {
        foreach (var change in changes)
        {
            Add(change);
        }
    }

    public async Task WriteAsync(ISignatureStore store, CancellationToken cancellationToken)
    {
        if (_clears)
        {
            await store.ClearAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_removals.Count > 0)
        {
            await store.RemoveAsync([.. _removals], cancellationToken).ConfigureAwait(false);
        }

        if (_puts.Count > 0)
        {
            await store.PutAsync([.. _puts.Values.SelectMany(static puts => puts)], cancellationToken).ConfigureAwait(false);
        }
    }

    private void Add(in StoreChange change)
    {
        if (change.Clears)
        {
            _clears = true;
            _removals.Clear();
            _puts.Clear();
            return;
        }

        if (change.Removes)
        {
            _puts.Remove(change.Key);
            _removals.Add(change.Key);
        }

        if (change.Entry is { } entry)
        {
            Put(entry);
        }
    }

    private void Put(CachedSignature entry)
    {
        var added = new StoredSignature(entry.Key, entry.Context, entry.Packed.Memory, entry.CreatedAt, entry.ExpiresAt);
        if (!_puts.TryGetValue(entry.Key, out var puts))
        {
            _puts.Add(entry.Key, [added]);
            return;
        }

        // The same signature in the same context again renews its times, and needs to be there once.
        puts.RemoveAll(put => put.Context == added.Context && put.Payload.Span.SequenceEqual(added.Payload.Span));
        puts.Add(added);
    }
}
