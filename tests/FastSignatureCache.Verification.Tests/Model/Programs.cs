using FsCheck;
using FsCheck.Fluent;

namespace FastSignatureCache.Tests.Model;

/// <summary>Generates programs over few keys, signatures and contexts, so that they meet often. Shrinks by leaving steps out.</summary>
public static class Operations
{
    private static readonly Gen<int> Few = Gen.Choose(0, 3);

    private static readonly Gen<(int History, int Turn, int Occurrence)> Context =
        from history in Few
        from turn in Few
        from occurrence in Few
        select (history, turn, occurrence);

    private static readonly Gen<Operation> Put =
        from key in Few
        from signature in Few
        select (Operation)new Operation.Put(key, signature);

    private static readonly Gen<Operation> PutCandidate =
        from key in Few
        from signature in Gen.Choose(0, 20)
        from context in Context
        select (Operation)new Operation.PutCandidate(key, signature, context);

    private static readonly Gen<Operation> Choose =
        from key in Few
        from other in Few
        from context in Context
        select (Operation)new Operation.Choose(key, other, context);

    public static Arbitrary<Operation[]> Programs() =>
        Arb.From(
            Gen.Sized(size => Gen.Choose(0, size * 4).SelectMany(count => Step().ArrayOf(count))),
            program => Enumerable.Range(0, program.Length).Select(at => program.Where((_, i) => i != at).ToArray()));

    private static Gen<Operation> Step() => Gen.Frequency(
        (3, Put),
        (6, PutCandidate),
        (4, Few.Select(Operation (key) => new Operation.Find(key))),
        (6, Choose),
        (1, Few.Select(Operation (key) => new Operation.Remove(key))),
        (1, Few.Select(Operation (key) => new Operation.Report(key))),
        (3, Gen.Choose(0, 60).Select(Operation (seconds) => new Operation.Advance(seconds))),
        (1, Gen.Elements<Operation>(new Operation.RemoveExpired(), new Operation.RemoveExpired(), new Operation.Clear())));
}
