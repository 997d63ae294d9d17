namespace FastSignatureCache;

/// <summary>One corruption.</summary>
/// <param name="At">When it was noticed.</param>
/// <param name="Model">The model of the key.</param>
/// <param name="Reason">How it was noticed.</param>
public sealed record CorruptionEvent(DateTimeOffset At, string Model, CorruptionReason Reason);
