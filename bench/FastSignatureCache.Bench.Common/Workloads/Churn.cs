using FastSignatureCache.Bench.Contenders;

namespace FastSignatureCache.Bench.Workloads;

/// <summary>Puts of ever new keys into a full cache: each evicts an entry. The keys come round when they are long gone.</summary>
public readonly struct Churn : IWorkload
{
    /// <inheritdoc/>
    public static string Name => "full-capacity churn";

    /// <inheritdoc/>
    public static Traffic Prepare(Corpus corpus, int entries, int signatureLength)
    {
        var keys = corpus.NextKeys(2 * entries);
        return new Traffic(entries, keys[entries..], keys, corpus.NextSignatures(signatureLength));
    }

    /// <inheritdoc/>
    public static int Run<TContender>(ref TContender contender, ReadOnlySpan<RequestKey> batch, string[] signatures)
        where TContender : struct, IContender<TContender>
    {
        for (var i = 0; i < batch.Length; i++)
        {
            contender.Put(batch[i], signatures[i & (Traffic.SignatureCount - 1)]);
        }

        return 0;
    }
}
