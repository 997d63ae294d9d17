using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Replay;

/// <summary>A real cache.</summary>
public sealed class ReplayedContender<TContender> : IReplayed
    where TContender : struct, IContender<TContender>
{
    /// <inheritdoc/>
    public string Name => TContender.Name;

    /// <inheritdoc/>
    public int CountHits(Trace trace, int capacity)
    {
        using var contender = TContender.Create(new ContenderSettings(capacity) { ForReplay = true });
        var signature = new Corpus(seed: 1).NextSignature(100);
        var hits = 0;
        foreach (var operation in trace.Operations)
        {
            var key = RequestKey.Of($"conversation {operation.Key}", Corpus.Model);
            if (!operation.IsLookup)
            {
                contender.Put(key, signature);
                contender.Settle(key);
            }
            else if (contender.Find(key) is not null)
            {
                hits++;
            }
        }

        return hits;
    }
}
