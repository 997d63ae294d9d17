using FastSignatureCache.Bench.Measuring;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>Latencies of both contenders in one scenario.</summary>
internal sealed record Compared(
    IReadOnlyList<(Round Bare, Round Gateway)> Rounds, PerRequest Bare, PerRequest Gateway)
{
    public double BareMedian => Median.Of(Rounds.Select(static round => round.Bare.Median));

    public double GatewayMedian => Median.Of(Rounds.Select(static round => round.Gateway.Median));

    public double BarePercentile99 => Median.Of(Rounds.Select(static round => round.Bare.Percentile99));

    public double GatewayPercentile99 => Median.Of(Rounds.Select(static round => round.Gateway.Percentile99));

    /// <summary>The gateway's p50 over the bare forwarder's.</summary>
    public Spread MedianRatio => Spread.Of(Rounds.Select(static round => round.Gateway.Median / round.Bare.Median));

    /// <summary>The gateway's p99 over the bare forwarder's.</summary>
    public Spread Percentile99Ratio => Spread.Of(Rounds.Select(static round => round.Gateway.Percentile99 / round.Bare.Percentile99));
}
