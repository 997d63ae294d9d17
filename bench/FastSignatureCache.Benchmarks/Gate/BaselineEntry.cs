namespace FastSignatureCache.Bench.Gate;

/// <summary>What is committed about one figure.</summary>
/// <param name="Value">The figure as it was.</param>
/// <param name="KnownMiss">Why it is outside its limit. Written by hand, and dropped as soon as the limit is met.</param>
internal sealed record BaselineEntry(double Value, string? KnownMiss = null);
