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
    }
}
