using FastSignatureCache.Verification.Model;
using FsCheck;
using FsCheck.Fluent;

namespace FastSignatureCache.Verification.Histories;

/// <summary>Programs for several threads at once, and the cache they run on.</summary>
public sealed record ThreadPrograms(Settings Settings, Operation[][] Threads)
{
    /// <summary>Nothing is evicted and nothing expires; signatures meet again.</summary>
    internal static Arbitrary<ThreadPrograms> Unbounded { get; } = Of(Gen.Constant(Settings.Unbounded), Steps(canExpire: false), programs => programs);

    /// <summary>Entries are evicted, expire, or both, and some keys collide; each put brings a signature of its own.</summary>
    internal static Arbitrary<ThreadPrograms> Bounded { get; } = Of(
        from capacity in Gen.Elements(1, 2, 3, 1_000)
        from maxBytes in Gen.Elements(2_500, 10_000_000)
        select new Settings(capacity, maxBytes),
        Steps(canExpire: true),
        programs => programs.WithPuts((put, number) => put with { Signature = number }, (put, number) => put with { Signature = number }));

    /// <summary>Each put has a key of its own, so that every put adds an entry; the other operations go for all keys.</summary>
    internal static Arbitrary<ThreadPrograms> FreshKeys { get; } = Of(
        from capacity in Gen.Elements(1, 4, 16, 1_000)
        from maxBytes in Gen.Elements(4_000, 10_000_000)
        select new Settings(capacity, maxBytes),
        Steps(canExpire: true, canClear: false, keys: Names.Keys),
        programs => programs.WithPuts((put, number) => put with { Key = number }, (put, number) => put with { Key = number }));

    public override string ToString() => Settings + string.Concat(Threads.Select((t, i) => $"\nthread {i}: {string.Join("; ", (object[])t)}"));

    private static Arbitrary<ThreadPrograms> Of(
        Gen<Settings> anySettings, Gen<Operation> step, Func<ThreadPrograms, ThreadPrograms> finish) => Arb.From(
        from settings in anySettings
        from threads in Gen.Choose(2, 3)
        from programs in Gen.Choose(1, 10).SelectMany(count => step.ArrayOf(count)).ArrayOf(threads)
        select finish(new ThreadPrograms(settings, programs)),
        programs => programs.Shorter());

    private static Gen<Operation> Steps(bool canExpire, bool canClear = true, int keys = 2)
    {
        // Of the first two keys; the fourth shares the first one's hash.
        var key = keys == 2 && canExpire ? Gen.Elements(0, 0, 0, 0, 0, 1, 1, 1, 1, 3) : Gen.Choose(0, keys - 1);
        var signature = Gen.Choose(0, 3);
        var context = from h in Gen.Choose(0, 1) from t in Gen.Choose(0, 1) select new Context(h, t, 0);
        return Gen.Frequency(
            (5, from k in key from s in signature select Any(new Operation.Put(k, s, PutForm.Text))),
            (4, from k in key from s in signature from c in context select Any(new Operation.PutCandidate(k, s, c))),
            (5, from k in key from r in Gen.Elements(true, false) select Any(new Operation.Find(k, r))),
            (4, from k in key from o in key from c in context select Any(new Operation.Choose(k, o, c))),
            (2, key.Select(k => Any(new Operation.Remove(k)))),
            (2, key.Select(k => Any(new Operation.Report(k)))),
            (canExpire ? 3 : 0, Gen.Elements(1, 60, 100).Select(s => Any(new Operation.Advance(s)))),
            (canExpire ? 4 : 1, Gen.Constant(Any(new Operation.RemoveExpired()))),
            (canClear ? 1 : 0, Gen.Constant(Any(new Operation.Clear()))));

        static Operation Any(Operation operation) => operation;
    }

    private ThreadPrograms WithPuts(
        Func<Operation.Put, int, Operation> put, Func<Operation.PutCandidate, int, Operation> putCandidate)
    {
        var number = 0;
        return this with
        {
            Threads = [.. Threads.Select(t => t.Select(operation => operation switch
            {
                Operation.Put p => put(p, number++),
                Operation.PutCandidate p => putCandidate(p, number++),
                _ => operation,
            }).ToArray())],
        };
    }

    private IEnumerable<ThreadPrograms> Shorter() =>
        from thread in Enumerable.Range(0, Threads.Length)
        from shorter in Programs.Shorter(Threads[thread])
        select this with { Threads = [.. Threads[..thread], shorter, .. Threads[(thread + 1)..]] };
}
