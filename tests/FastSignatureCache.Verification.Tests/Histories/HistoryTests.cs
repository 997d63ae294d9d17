using FastSignatureCache.Verification.Model;
using FastSignatureCache.Verification.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FastSignatureCache.Verification.Histories;

public class HistoryTests
{
    private const int Batch = 1_000;
    private const int Rounds = 20;

    [Fact]
    public void Histories_of_every_key_are_linearizable() =>
        Check("linearizability", ThreadPrograms.Unbounded, (history, _, _) =>
        {
            Assert.All(Enumerable.Range(0, 2), key => Assert.True(Linearizability.Holds(key, history), $"key {key}"));
            Assert.All(history, call => Assert.True(call.Operation is not Operation.RemoveExpired || call.Answer is 0));
        });

    [Fact]
    public void Weaker_rules_hold_amid_evictions_and_expirations() =>
        Check("weaker rules", ThreadPrograms.Bounded, (history, metrics, _) =>
            Assert.Empty(WeakRules.Broken(history, canEvict: metrics.Evictions > 0)));

    [Fact]
    public void Entries_are_puts_less_removals_of_every_reason() =>
        Check("balance", ThreadPrograms.FreshKeys, (history, metrics, count) =>
        {
            var puts = history.Count(c => c.Operation is Operation.Put or Operation.PutCandidate && c.Answer is true);
            var removals = history.Count(c => c.Operation is Operation.Remove or Operation.Report && c.Answer is true);
            Assert.Equal(puts - removals - metrics.Evictions - metrics.Expirations, count);
        });

    private static void Check(string name, Arbitrary<ThreadPrograms> any, Action<List<Call>, SignatureCacheMetrics, int> check)
    {
        var budget = new Budget(Checks.InThisProject);
        var (programs, histories, operations, overlapping) = (0, 0, 0L, 0L);
        var config = Config.QuickThrowOnFailure.WithMaxTest(Batch).WithQuietOnSuccess(true);
        using var gang = new Gang(threads: 3);
        while (budget.HasMore())
        {
            Prop.ForAll(any, program =>
            {
                programs++;
                foreach (var history in RunRounds(gang, program, check))
                {
                    histories++;
                    operations += history.Count;
                    overlapping += history.Zip(history.Skip(1)).Count(pair => !pair.First.IsBefore(pair.Second));
                }
            }).Check(config);
        }

        budget.Print($"{name}: {programs} programs, {histories} histories, {operations} operations, {overlapping} of them overlapping");
    }

    private static List<List<Call>> RunRounds(Gang gang, ThreadPrograms program, Action<List<Call>, SignatureCacheMetrics, int> check)
    {
        var (settings, threads) = (program.Settings, program.Threads);
        Recorder[] recorders = [.. Enumerable.Range(0, Rounds).Select(_ => new Recorder(settings, threads.Length, yields: true))];
        gang.Run(threads.Length, Rounds, (thread, round) => recorders[round].Run(thread, threads[thread]));
        return [.. recorders.Select(Checked)];

        List<Call> Checked(Recorder recorder)
        {
            var history = recorder.History;
            using var cache = recorder.Cache;
            try
            {
                AfterEach.AssertIntact(recorder, settings);
                check(history, cache.GetMetrics(), cache.Count);
                return history;
            }
            catch (Xunit.Sdk.XunitException fault)
            {
                throw new InvalidOperationException($"{fault.Message} after\n{string.Join('\n', history)}", fault);
            }
        }
    }
}
