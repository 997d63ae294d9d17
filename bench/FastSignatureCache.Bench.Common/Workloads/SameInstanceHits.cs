using FastSignatureCache.Bench.Contenders;

namespace FastSignatureCache.Bench.Workloads;

/// <summary>Look-ups that all find something, by the very string instances that were put: the least that comparing can cost.</summary>
public readonly struct SameInstanceHits : IWorkload
{
    /// <inheritdoc/>
    public static string Name => "hit, same string instances";

    /// <inheritdoc/>
    public static Traffic Prepare(Corpus corpus, int entries, int signatureLength)
    {
        var stored = corpus.NextKeys(entries);
        return new Traffic(entries, stored, corpus.RandomRequestsBySameInstances(stored), corpus.NextSignatures(signatureLength));
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
