namespace FastSignatureCache.Bench.Replay;

/// <summary>The parameters of generated conversation traffic. The defaults have the shape of an hour of a real chat service.</summary>
public sealed record TrafficShape
{
    /// <summary>For how long there is traffic. What would come later is cut off, as at the end of a recording.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(2);

    /// <summary>New conversations a second, arriving independently of each other (a Poisson process).</summary>
    public double NewConversationsPerSecond { get; init; } = 2.4;

    /// <summary>The share of conversations that have more than one turn.</summary>
    public double ContinuedShare { get; init; } = 0.25;

    /// <summary>
    /// How heavy the tail of the number of turns is: of the continued conversations, (2 / n) to this power have n turns or more.
    /// </summary>
    public double TurnsExponent { get; init; } = 2.4;

    /// <summary>The most turns that a conversation has.</summary>
    public int MaxTurns { get; init; } = 200;

    /// <summary>The median of the gap between two turns. Gaps are distributed log-normally.</summary>
    public TimeSpan MedianGap { get; init; } = TimeSpan.FromSeconds(126);

    /// <summary>
    /// The standard deviation of the gap's natural logarithm. With the default, gaps have p50 126 s, p90 487 s, p99 1,466 s.
    /// </summary>
    public double GapSigma { get; init; } = 1.055;
}
