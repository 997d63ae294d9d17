using FastSignatureCache.Bench.Measuring;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>Requests a second of both contenders in one scenario.</summary>
internal sealed record Saturated(IReadOnlyList<(double Bare, double Gateway)> Rates)
{
    public double Bare => Median.Of(Rates.Select(static rate => rate.Bare));

    public double Gateway => Median.Of(Rates.Select(static rate => rate.Gateway));

    /// <summary>The gateway's rate over the bare forwarder's.</summary>
    public Spread Ratio => Spread.Of(Rates.Select(static rate => rate.Gateway / rate.Bare));
}
