namespace FastSignatureCache;

/// <summary>The entries that left the cache for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many.</param>
/// <param name="Age">How old they were, in seconds since they were put.</param>
/// <param name="Uses">How many look-ups each had answered.</param>
public sealed record RemovalMetrics(RemovalReason Reason, long Count, DistributionMetrics Age, DistributionMetrics Uses);
