namespace FastSignatureCache.Bench.Contenders;

/// <summary>Does something with each contender, with its type at hand.</summary>
public interface IContenderVisitor
{
    /// <summary>Called once for each contender.</summary>
    void Visit<TContender>()
        where TContender : struct, IContender<TContender>;
}
