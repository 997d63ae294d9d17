namespace FastSignatureCache.Tests.Model;

/// <summary>One step of a generated program. Numbers stand for keys and signatures.</summary>
public abstract record Operation
{
    public sealed record Put(int Key, int Signature) : Operation;

    public sealed record PutCandidate(int Key, int Signature, (int History, int Turn, int Occurrence) Context) : Operation;

    public sealed record Find(int Key) : Operation;

    public sealed record Choose(int Key, int OtherKey, (int History, int Turn, int Occurrence) Context) : Operation;

    public sealed record Remove(int Key) : Operation;

    public sealed record Report(int Key) : Operation;

    public sealed record Advance(int Seconds) : Operation;

    public sealed record RemoveExpired : Operation;

    public sealed record Clear : Operation;
}
