namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">How many ratios a median is of.</param>
internal sealed record OverheadSettings(int Rounds)
{
    /// <summary>Turns of each contender in a round of latencies, and requests in a turn.</summary>
    public const int Turns = 20;

    public const int RequestsInTurn = 20;

    /// <summary>Requests in flight at saturation: enough that neither processor rests.</summary>
    public const int InFlight = 16;

    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(150);
}
