using FastSignatureCache.Bench.Contenders;

namespace FastSignatureCache.Bench.Workloads;

/// <summary>Of twenty operations nineteen look up and one puts in the place of what was put before.</summary>
public readonly struct Mix : IWorkload
{
    private const int Cycle = 20;

    /// <inheritdoc/>
    public static string Name => "95/5 mix";

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
        var found = 0;
        for (var start = 0; start < batch.Length; start += Cycle)
        {
            contender.Put(batch[start], signatures[start & (Traffic.SignatureCount - 1)]);
            foreach (ref readonly var key in batch.Slice(start + 1, Cycle - 1))
            {
                found += contender.Find(key) is null ? 0 : 1;
            }
        }

        return found;
    }
}
