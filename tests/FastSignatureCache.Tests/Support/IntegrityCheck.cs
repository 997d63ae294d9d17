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
            Assert.Equal(table.Count, Walk(order.Probation, table) + Walk(order.Protected, table));
            Assert.InRange(order.Protected.Count, 0, order.MaxProtected);
        });
    }

    // Each slot hangs between the neighbours that it says, in the list that it says, under its hash in the table.
    private static int Walk(SlotList list, IReadOnlyDictionary<ulong, Slot> table)
    {
        var walked = 0;
        Slot? older = null;
        for (var slot = list.Oldest; slot is not null; (older, slot) = (slot, slot.Newer))
        {
            Assert.Same(list, slot.List);
            Assert.Same(older, slot.Older);
            Assert.Same(slot, table[slot.Hash]);
            AssertIntact(slot);
            walked++;
        }

        Assert.Equal(list.Count, walked);
        return walked;
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
