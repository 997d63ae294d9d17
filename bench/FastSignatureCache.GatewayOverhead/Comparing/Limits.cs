using FastSignatureCache.Bench.GatewayOverhead.Exchanges;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>What the gateway may cost, as ratios to the bare forwarder.</summary>
internal static class Limits
{
    /// <summary>The p99 of a JSON answer where nothing is restored.</summary>
    public const double Percentile99 = 1.25;

    /// <summary>The least requests a second.</summary>
    public const double Saturation = 0.9;

    /// <summary>The p50 of an answer, or of its first byte where it is a stream.</summary>
    public static double MedianOf(Scenario scenario) => scenario.IsRepaired ? 1.2 : 1.1;

    /// <summary>The limit of the p99; null where there is none.</summary>
    public static double? Percentile99Of(Scenario scenario) => scenario.IsRepaired || scenario.Measured.IsStream ? null : Percentile99;
}
