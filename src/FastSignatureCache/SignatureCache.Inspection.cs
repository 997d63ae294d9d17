using FastSignatureCache.Candidates;
using FastSignatureCache.Eviction;

namespace FastSignatureCache;

// What must always agree, counted anew from the structures themselves. For integrity checks: O(entries) under the write lock.
public sealed partial class SignatureCache
{
    internal CacheInspection Inspect()
    {
        lock (_writes)
        {
            var ordered = _order.OldestFirst().ToList();
            return new CacheInspection(
                InTable: _slots.Count,
                InOrder: ordered.Count,
                Strays: ordered.Count(slot => !_slots.TryGetValue(slot.Hash, out var tabled) || !ReferenceEquals(slot, tabled)),
                Count: _occupancy.Slots,
                ActualBytes: ordered.Sum(slot => EntrySize.OfState(slot.State)),
                EstimatedBytes: _occupancy.Bytes);
        }
    }

    /// <summary>Shows the table and the order of use to a deeper check, while nobody writes.</summary>
    internal void Examine(Action<IReadOnlyDictionary<ulong, Slot>, SegmentedLru> look)
    {
        lock (_writes)
        {
            look(_slots, _order);
        }
    }

    /// <summary>The newest entry under the key, expired or not. Counts nothing and changes nothing.</summary>
    internal CachedSignature? Peek(in SignatureKey key) =>
        _slots.TryGetValue(key.Hash, out var slot) && SlotState.Newest(slot.State) is var newest && newest.KeyReference.HasSameParts(key)
            ? newest
            : null;

    /// <param name="InTable">Slots in the table.</param>
    /// <param name="InOrder">Slots in the order of use.</param>
    /// <param name="Strays">Slots in the order of use that the table doesn't hold.</param>
    /// <param name="Count">The count that the cache reports.</param>
    /// <param name="ActualBytes">The estimates of all slots, summed up.</param>
    /// <param name="EstimatedBytes">The total that the cache reports.</param>
    internal readonly record struct CacheInspection(
        int InTable, int InOrder, int Strays, int Count, long ActualBytes, long EstimatedBytes);
}
