using FastSignatureCache.Bench.Contenders;

namespace FastSignatureCache.Bench.Workloads;

/// <summary>A kind of use.</summary>
public interface IWorkload
{
    /// <summary>The workload's name in tables.</summary>
    static abstract string Name { get; }

    /// <summary>Makes keys and signatures.</summary>
    /// <param name="corpus">Where from.</param>
    /// <param name="entries">The entries in the cache: a multiple of <see cref="Traffic.Batch"/>.</param>
    /// <param name="signatureLength">Characters of each signature: a multiple of four.</param>
    static abstract Traffic Prepare(Corpus corpus, int entries, int signatureLength);

    /// <summary>Does one batch of operations. This is the measured loop.</summary>
    /// <returns>How many entries it found.</returns>
    static abstract int Run<TContender>(ref TContender contender, ReadOnlySpan<RequestKey> batch, string[] signatures)
        where TContender : struct, IContender<TContender>;
}
