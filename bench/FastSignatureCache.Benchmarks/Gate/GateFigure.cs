namespace FastSignatureCache.Bench.Gate;

/// <summary>What was measured.</summary>
/// <param name="Check">What for.</param>
/// <param name="Value">The figure.</param>
/// <param name="Doubt">Why the figure says nothing about the cache; null when it does.</param>
internal sealed record GateFigure(GateCheck Check, double Value, string? Doubt = null);
