namespace FastSignatureCache.Verification.Model;

/// <summary>One signature that is kept.</summary>
internal sealed record Candidate(int Signature, Context Context, int ExpiresAt, int CreatedAt = 0)
{
    public bool IsSame(Candidate other) => (Signature, Context) == (other.Signature, other.Context);
}
