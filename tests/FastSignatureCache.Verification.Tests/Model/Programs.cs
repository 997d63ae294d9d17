using FsCheck;
using FsCheck.Fluent;

namespace FastSignatureCache.Verification.Model;

/// <summary>Generates programs over few keys, signatures and contexts, so that they meet often. Shrinks by leaving steps out.</summary>
internal static class Programs
{
    private static readonly Gen<Settings> AnySettings =
        from capacity in Gen.Elements(1, 2, 3, 5, 6, 10, 25, 34, 1_000)
        from maxBytes in Gen.Elements(1_100, 2_000, 5_000, 20_000, 10_000_000)
        from isAdaptive in Gen.Elements(false, true)
        select new Settings(capacity, maxBytes, isAdaptive);

    public static Arbitrary<Program> All { get; } = Arb.From(
        from settings in AnySettings
        from keys in Gen.Elements(2, 8, Names.Keys)
        from steps in Gen.Sized(size => Gen.Choose(0, size * 4).SelectMany(count => Step(keys).ArrayOf(count)))
        select new Program(settings, steps),
        program => Shorter(program.Steps).Select(steps => program with { Steps = steps })
            .Concat(new[] { false, true }.Select(isAdaptive => Settings.Unbounded with { IsAdaptive = isAdaptive })
                .TakeWhile(settings => settings != program.Settings).Select(settings => program with { Settings = settings })));

    /// <summary>Without a half, a quarter, ... a single step.</summary>
    public static IEnumerable<Operation[]> Shorter(Operation[] steps)
    {
        for (var length = (steps.Length + 1) / 2; length > 0; length /= 2)
        {
            for (var at = 0; at < steps.Length; at += length)
            {
                yield return [.. steps[..at], .. steps[Math.Min(at + length, steps.Length)..]];
            }
        }
    }

    public static Gen<Context> AnyContext() =>
        from history in Gen.Choose(0, 3)
        from turn in Gen.Choose(0, 3)
        from occurrence in Gen.Choose(0, 3)
        select new Context(history, turn, occurrence);

    private static Gen<Operation> Step(int keys)
    {
        var key = Gen.Choose(0, keys - 1);
        return Gen.Frequency(
            (6, from k in key from s in Gen.Choose(0, 7) from f in Gen.Elements(Enum.GetValues<PutForm>()) select Put(k, s, f)),
            (6, from k in key from s in Gen.Choose(0, 20) from c in AnyContext() select Any(new Operation.PutCandidate(k, s, c))),
            (1, from k in key from f in Gen.Elements(Enum.GetValues<PutFault>()) select Any(new Operation.PutRefused(k, f))),
            (6, from k in key from r in Gen.Elements(true, false) select Any(new Operation.Find(k, r))),
            (6, from k in key from o in key from c in AnyContext() select Any(new Operation.Choose(k, o, c))),
            (1, key.Select(k => Any(new Operation.Remove(k)))),
            (1, key.Select(k => Any(new Operation.Report(k)))),
            (3, Gen.Choose(0, 60).Select(s => Any(new Operation.Advance(s)))),
            (1, Gen.Frequency(
                (4, Gen.Constant(Any(new Operation.RemoveExpired()))),
                (2, Gen.Constant(Any(new Operation.ResetMetrics()))),
                (1, Gen.Constant(Any(new Operation.Clear()))))));

        static Operation Put(int key, int signature, PutForm form) => new Operation.Put(key, signature, form);

        static Operation Any(Operation operation) => operation;
    }
}
