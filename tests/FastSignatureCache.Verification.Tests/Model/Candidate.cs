namespace FastSignatureCache.Verification.Model;

/// <summary>One signature that is kept.</summary>
internal sealed record Candidate(int Signature, Context Context, int ExpiresAt);
