namespace FastSignatureCache;

/// <summary>The keys that left the cache for one reason. A key with several candidates counts once. Disposing of a cache counts nothing.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many.</param>
/// <param name="Age">How old they were, in seconds since they were put; of several candidates the newest. One part in a hundred exact.</param>
/// <param name="Uses">How many look-ups each had answered, all its candidates together. One part in a hundred exact.</param>
public sealed record RemovalMetrics(RemovalReason Reason, long Count, DistributionMetrics Age, DistributionMetrics Uses);
