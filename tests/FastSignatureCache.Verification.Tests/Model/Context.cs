namespace FastSignatureCache.Verification.Model;

/// <summary>A <see cref="SignatureContext"/> in small numbers.</summary>
public readonly record struct Context(int History, int Turn, int Occurrence)
{
    internal ContextualKey Of(int key) => new(Names.Key(key), new SignatureContext((ulong)History, (ulong)Turn, Occurrence));
}
