namespace FastSignatureCache.Bench.Replay;

/// <summary>A policy that is simulated on keys alone.</summary>
public abstract class SimulatedPolicy : IReplayed
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public int CountHits(Trace trace, int capacity)
    {
        Start(capacity);
        var hits = 0;
        foreach (var operation in trace.Operations)
        {
            if (!operation.IsLookup)
            {
                Put(operation.Key);
            }
            else if (Find(operation.Key))
            {
                hits++;
            }
        }

        return hits;
    }

    /// <summary>Empties the cache and gives it a capacity.</summary>
    protected abstract void Start(int capacity);

    /// <summary>Looks a key up.</summary>
    protected abstract bool Find(int key);

    /// <summary>Puts a key, which may be there already.</summary>
    protected abstract void Put(int key);
}
