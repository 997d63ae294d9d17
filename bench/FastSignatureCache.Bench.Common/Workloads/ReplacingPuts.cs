using FastSignatureCache.Bench.Contenders;

namespace FastSignatureCache.Bench.Workloads;

/// <summary>Puts in the place of what was put before, in random order.</summary>
public readonly struct ReplacingPuts : IWorkload
{
    /// <inheritdoc/>
    public static string Name => "replacing put";

    /// <inheritdoc/>
    public static Traffic Prepare(Corpus corpus, int entries, int signatureLength)
    {
        var stored = corpus.NextKeys(entries);
        return new Traffic(entries, stored, corpus.RandomRequests(stored), corpus.NextSignatures(signatureLength));
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
