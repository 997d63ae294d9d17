using HdrHistogram;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>What one round of one contender found, in microseconds.</summary>
internal readonly record struct Round(double Median, double Percentile99)
{
    public static Round Of(HistogramBase nanoseconds) =>
        new(nanoseconds.GetValueAtPercentile(50) / 1e3, nanoseconds.GetValueAtPercentile(99) / 1e3);
}
