using FastSignatureCache.Candidates;
using FastSignatureCache.Eviction;
using FastSignatureCache.Tables;

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
            Assert.Equal(table.Count, order.Count);
            Assert.Equal(order.ProtectedCount, order.Lists.OldestFirst(1).Count());
            Assert.InRange(order.ProtectedCount, 0, order.MaxProtected);
        });
    }

    // The links agree both ways, and each key is in the list that it says, and in the table.
    private static int Walk(RecencyLists lists, int list, EntryTable table)
    {
        var hashes = lists.OldestFirst(list).ToList();
        Assert.Equal(hashes, lists.NewestFirst(list).Reverse());
        foreach (var hash in hashes)
        {
            var state = table.Find(hash);
            Assert.NotNull(state);
            Assert.Equal(list, lists.ListOf(KeyState.RecencyOf(state).Position));
            AssertIntact(state);
        }

        return hashes.Count;
    }

    private static void AssertIntact(object state)
    {
        var entries = state is CachedSignature single ? [single] : ((CandidateSet)state).Entries;
        Assert.InRange(entries.Length, 1, CandidateSet.MaxCandidates);
        Assert.Single(entries.Select(entry => entry.Key.ToString()).Distinct());
        Assert.Equal(entries.Length, entries.Select(entry => (entry.Signature, entry.Context)).Distinct().Count());
    }
}
