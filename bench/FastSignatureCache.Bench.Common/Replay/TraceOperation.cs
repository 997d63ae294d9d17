namespace FastSignatureCache.Bench.Replay;

/// <summary>One operation of a trace.</summary>
/// <param name="Seconds">When, counted from the trace's beginning.</param>
/// <param name="IsLookup">A look-up, or else a put.</param>
/// <param name="Key">The conversation.</param>
public readonly record struct TraceOperation(double Seconds, bool IsLookup, int Key);
