namespace FastSignatureCache;

/// <summary>How often values of which size occurred. All are 0 when there were none.</summary>
/// <param name="Count">How many values were recorded.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">What 95 % of the values do not exceed.</param>
/// <param name="P99">What 99 % of the values do not exceed.</param>
/// <param name="P999">What 99.9 % of the values do not exceed.</param>
/// <param name="Max">The greatest.</param>
public sealed record DistributionMetrics(long Count, double P50, double P95, double P99, double P999, double Max)
{
    /// <summary>Of no values.</summary>
    public static DistributionMetrics None { get; } = new(0, 0, 0, 0, 0, 0);
}
