using FastSignatureCache.Bench.Contenders;

namespace FastSignatureCache.Bench.Workloads;

/// <summary>Look-ups in a full cache that find nothing.</summary>
public readonly struct Misses : IWorkload
{
    /// <inheritdoc/>
    public static string Name => "miss";

    /// <inheritdoc/>
    public static Traffic Prepare(Corpus corpus, int entries, int signatureLength)
    {
        return new Traffic(entries, corpus.NextKeys(entries), corpus.NextKeys(entries), corpus.NextSignatures(signatureLength));
    }

    /// <inheritdoc/>
    public static int Run<TContender>(ref TContender contender, ReadOnlySpan<RequestKey> batch, string[] signatures)
        where TContender : struct, IContender<TContender>
    {
        var found = 0;
        foreach (ref readonly var key in batch)
        {
            found += contender.Find(key) is null ? 0 : 1;
        }

        return found;
    }
}
