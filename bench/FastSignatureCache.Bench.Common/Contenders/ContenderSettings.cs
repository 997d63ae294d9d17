namespace FastSignatureCache.Bench.Contenders;

/// <summary>What every contender is made with.</summary>
/// <param name="Capacity">The most entries it may keep, where it can be told.</param>
public sealed record ContenderSettings(int Capacity)
{
    /// <summary>How long an entry lives.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Whether background work is done at once, in the foreground, where the contender allows it: a replay at full speed leaves it no
    /// time, while real traffic has pauses.
    /// </summary>
    public bool ForReplay { get; init; }
}
