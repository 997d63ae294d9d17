namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>Someone who makes requests, one after the other.</summary>
internal abstract class Caller
{
    /// <summary>Makes the next request.</summary>
    /// <param name="number">Which caller this is.</param>
    public abstract Task RequestAsync(int number);
}
