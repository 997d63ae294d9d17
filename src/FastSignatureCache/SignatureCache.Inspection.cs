using FastSignatureCache.Candidates;
using FastSignatureCache.Eviction;
using FastSignatureCache.Tables;

namespace FastSignatureCache;

// What must always agree, counted anew from the structures themselves. For integrity checks: O(entries) under the write lock.
public sealed partial class SignatureCache
{
    /// <inheritdoc/>
    public SignatureEntryPage List(SignatureEntryQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return EntryListing.List(_table, query);
    }

    internal CacheInspection Inspect()
    {
        lock (_writes)
        {
            var ordered = _order.OldestFirst().Select(_table.Find).OfType<object>().ToList();
            return new CacheInspection(
                InTable: _table.All().Count(),
                InOrder: _order.OldestFirst().Count(),
                Strays: _order.Count - ordered.Distinct().Count(),
                Count: _occupancy.Keys,
                ActualBytes: ordered.Sum(EntrySize.OfState),
                EstimatedBytes: _occupancy.Bytes);
        }
    }

    /// <summary>Shows the table and the order of use to a deeper check, while nobody writes.</summary>
    internal void Examine(Action<EntryTable, SegmentedLru> look)
    {
        lock (_writes)
        {
            look(_table, _order);
        }
    }

    /// <summary>The newest entry under the key, expired or not. Counts nothing and changes nothing.</summary>
    internal CachedSignature? Peek(in SignatureKey key) =>
        _table.Find(key.Hash) is { } state && KeyState.Newest(state) is var newest && newest.KeyReference.HasSameParts(key) ? newest : null;

    /// <param name="InTable">Keys in the table.</param>
    /// <param name="InOrder">Keys in the order of use.</param>
    /// <param name="Strays">Keys in the order of use that the table doesn't hold.</param>
    /// <param name="Count">The count that the cache reports.</param>
    /// <param name="ActualBytes">The estimates of all keys, summed up.</param>
    /// <param name="EstimatedBytes">The total that the cache reports.</param>
    internal readonly record struct CacheInspection(
        int InTable, int InOrder, int Strays, int Count, long ActualBytes, long EstimatedBytes);
}
