using FastSignatureCache.Bench.Contenders;

namespace FastSignatureCache.Bench.Workloads;

/// <summary>Puts of keys that are not there yet, where there is room: one pass, from then on they are there.</summary>
public readonly struct NewPuts : IWorkload
{
    /// <summary>How many puts there are before the keys are no longer new.</summary>
    public const int SentKeys = 10_000;

    /// <inheritdoc/>
    public static string Name => "put of a new key";

    /// <inheritdoc/>
    public static Traffic Prepare(Corpus corpus, int entries, int signatureLength)
    {
        var stored = corpus.NextKeys(entries);
        return new Traffic(entries + SentKeys, stored, corpus.NextKeys(SentKeys), corpus.NextSignatures(signatureLength));
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
