namespace FastSignatureCache.Http.Recovery;

/// <summary>What is remembered of a place that an upstream refused.</summary>
/// <param name="OwnHash">Hash of what the client itself had sent there; 0 for nothing.</param>
/// <param name="WasMissing">Whether nothing at all was refused: what turns up later may be put there.</param>
internal readonly record struct RejectedPlace(UInt128 OwnHash, bool WasMissing);
