using FastSignatureCache.Candidates;
using FastSignatureCache.Eviction;

namespace FastSignatureCache.Tests.Support;

internal static class IntegrityCheck
{
    /// <summary>What must hold whenever nobody is writing.</summary>
    public static void AssertIntact(this SignatureCache cache, int capacity = int.MaxValue, long maxBytes = long.MaxValue)
    {
        var found = cache.Inspect();
        Assert.Equal(found.InTable, found.InOrder);
        Assert.Equal(0, found.Strays);
        Assert.Equal(found.InTable, cache.Count);
        Assert.Equal(found.ActualBytes, cache.EstimatedBytes);
        Assert.InRange(cache.Count, 0, capacity);
        Assert.InRange(cache.EstimatedBytes, 0, maxBytes);
        cache.Examine((table, order) =>
        {
            Assert.Equal(table.Count, Walk(order.Lists, 0, table) + Walk(order.Lists, 1, table));
            Assert.Equal(order.ProtectedCount, order.Lists.OldestFirst(1).Count());
            Assert.InRange(order.ProtectedCount, 0, order.MaxProtected);
        });
    }

    // The links agree both ways, each slot is in the list that it says, and under its hash in the table.
    private static int Walk(SlotLists lists, int list, IReadOnlyDictionary<ulong, Slot> table)
    {
        var slots = lists.OldestFirst(list).ToList();
        Assert.Equal(slots, lists.NewestFirst(list).Reverse());
        foreach (var slot in slots)
        {
            Assert.Equal(list, lists.ListOf(slot));
            Assert.Same(slot, table[slot.Hash]);
            AssertIntact(slot);
        }

        return slots.Count;
    }

    private static void AssertIntact(Slot slot)
    {
        Assert.Equal(EntrySize.OfState(slot.State), slot.Bytes);
        var entries = slot.State is CachedSignature single ? [single] : ((CandidateSet)slot.State).Entries;
        Assert.InRange(entries.Length, 1, CandidateSet.MaxCandidates);
        Assert.Single(entries.Select(entry => entry.Key.ToString()).Distinct());
        Assert.All(entries, entry => Assert.Equal(slot.Hash, entry.Key.Hash));
        Assert.Equal(entries.Length, entries.Select(entry => (entry.Signature, entry.Context)).Distinct().Count());
    }
}
