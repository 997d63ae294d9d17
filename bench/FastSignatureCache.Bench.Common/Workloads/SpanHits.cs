using FastSignatureCache.Bench.Contenders;

namespace FastSignatureCache.Bench.Workloads;

/// <summary>Look-ups that all find something, by slices of a longer text.</summary>
public readonly struct SpanHits : IWorkload
{
    /// <inheritdoc/>
    public static string Name => "hit, key as spans";

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
        foreach (ref readonly var key in batch)
        {
            found += contender.FindBySpans(key) is null ? 0 : 1;
        }

        return found;
    }
}
