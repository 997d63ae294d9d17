namespace FastSignatureCache.Verification.Model;

/// <summary>One step of a generated program. Numbers stand for keys and signatures: see <see cref="Names"/>.</summary>
public abstract record Operation
{
    public sealed record Put(int Key, int Signature, PutForm Form) : Operation;

    public sealed record PutCandidate(int Key, int Signature, Context Context) : Operation;

    public sealed record PutRefused(int Key, PutFault Fault) : Operation;

    public sealed record Find(int Key, bool WithReason) : Operation;

    public sealed record Choose(int Key, int OtherKey, Context Context) : Operation;

    public sealed record Remove(int Key) : Operation;

    public sealed record Report(int Key) : Operation;

    public sealed record Advance(int Ticks) : Operation;

    public sealed record RemoveExpired : Operation;

    public sealed record Clear : Operation;

    public sealed record ResetMetrics : Operation;
}
