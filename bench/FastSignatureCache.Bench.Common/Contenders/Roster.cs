namespace FastSignatureCache.Bench.Contenders;

/// <summary>The contenders, in the order of the tables.</summary>
public static class Roster
{
    /// <summary>The floor, the engine, and all that a user would pick instead.</summary>
    public static void VisitAll(IContenderVisitor visitor)
    {
        visitor.Visit<FloorContender>();
        visitor.Visit<SignatureCacheContender>();
        visitor.Visit<JoiningDictionaryContender>();
        VisitBoundedPeers(visitor);
    }

    /// <summary>The engine, and its peers that have a capacity.</summary>
    public static void VisitBounded(IContenderVisitor visitor)
    {
        visitor.Visit<SignatureCacheContender>();
        VisitBoundedPeers(visitor);
    }

    private static void VisitBoundedPeers(IContenderVisitor visitor)
    {
        visitor.Visit<FastConcurrentLruContender>();
        visitor.Visit<ConcurrentTLruContender>();
        visitor.Visit<ConcurrentLfuContender>();
        visitor.Visit<MemoryCacheContender>();
        visitor.Visit<FusionCacheContender>();
        visitor.Visit<HybridCacheContender>();
        visitor.Visit<LockedLruContender>();
    }
}
