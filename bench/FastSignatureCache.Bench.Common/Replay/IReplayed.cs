namespace FastSignatureCache.Bench.Replay;

/// <summary>Something that a trace can be replayed to.</summary>
public interface IReplayed
{
    /// <summary>Its name in tables.</summary>
    string Name { get; }

    /// <summary>Replays a trace to an empty cache.</summary>
    /// <returns>The look-ups that found something.</returns>
    int CountHits(Trace trace, int capacity);
}
