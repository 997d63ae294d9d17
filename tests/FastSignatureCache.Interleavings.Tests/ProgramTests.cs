using FastSignatureCache.Verification.Histories;
using FastSignatureCache.Verification.Model;
using Microsoft.Coyote.Random;

namespace FastSignatureCache.Interleavings;

/// <summary>Programs and interleavings both are Coyote's choice; the histories are judged as those of real threads are.</summary>
public class ProgramTests
{
    [Fact]
    public void Histories_of_programs_are_linearizable_or_keep_the_weaker_rules() => Explore.All("programs", () =>
    {
        var choose = Generator.Create();
        var isBounded = choose.NextBoolean();
        var settings = isBounded && choose.NextBoolean() ? new Settings(1, 10_000_000) : Settings.Unbounded;
        var signatures = 0;
        Operation[][] threads = [.. Enumerable.Range(0, 3).Select(_ => AnyProgram().ToArray())];

        var recorder = new Recorder(settings, threads.Length, yields: false);
        using var cache = recorder.Cache;
        Explore.AtOnce(() => recorder.Run(0, threads[0]), () => recorder.Run(1, threads[1]), () => recorder.Run(2, threads[2]));

        AfterEach.AssertIntact(recorder, settings);
        if (isBounded)
        {
            Assert.Empty(WeakRules.Broken(recorder.History, canEvict: cache.GetMetrics().Evictions > 0));
        }
        else
        {
            Assert.True(Linearizability.Holds(0, recorder.History), "key 0");
            Assert.True(Linearizability.Holds(1, recorder.History), "key 1");
        }

        IEnumerable<Operation> AnyProgram()
        {
            for (var steps = 1 + choose.NextInteger(3); steps > 0; steps--)
            {
                yield return AnyOperation();
            }
        }

        Operation AnyOperation()
        {
            var key = choose.NextInteger(4) / 3;
            return choose.NextInteger(isBounded ? 11 : 9) switch
            {
                0 or 1 => new Operation.Put(key, signatures++, PutForm.Text),
                2 or 3 => new Operation.PutCandidate(key, signatures++, new Context(choose.NextInteger(2), 0, 0)),
                4 or 5 => new Operation.Find(key, WithReason: true),
                6 => new Operation.Choose(key, 1 - key, new Context(choose.NextInteger(2), 0, 0)),
                7 => choose.NextBoolean() ? new Operation.Remove(key) : new Operation.Report(key),
                8 => choose.NextBoolean() ? new Operation.Clear() : new Operation.RemoveExpired(),
                9 => new Operation.RemoveExpired(),
                _ => new Operation.Advance(Settings.TimeToLive),
            };
        }
    });
}
