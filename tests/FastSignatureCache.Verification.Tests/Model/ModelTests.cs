using FastSignatureCache.Tests.Support;
using FastSignatureCache.Verification.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FastSignatureCache.Verification.Model;

public class ModelTests
{
    private const int Batch = 1_500;

    [Fact]
    public void Cache_behaves_as_its_model_one_operation_at_a_time()
    {
        var budget = new Budget(Checks.InThisProject);
        var (programs, operations) = (0, 0L);
        var config = Config.QuickThrowOnFailure.WithMaxTest(Batch).WithEndSize(100).WithQuietOnSuccess(true);
        while (budget.HasMore())
        {
            Prop.ForAll(Programs.All, program =>
            {
                programs++;
                operations += program.Steps.Length;
                Compare(program);
            }).Check(config);
        }

        budget.Print($"sequential model: {programs} programs, {operations} operations");
    }

    private static void Compare(Program program)
    {
        var time = new ManualTime();
        using var cache = program.Settings.CreateCache(time);
        var driver = new Driver(cache, time);
        var model = new ModelCache(program.Settings);
        List<(CachedSignature Entry, string Text, DateTimeOffset ExpiresAt)> handedOut = [];

        foreach (var step in program.Steps)
        {
            var expected = model.Apply(step);
            Assert.Equal(expected, driver.Apply(step, out var entry));
            if (entry is not null)
            {
                handedOut.Add((entry, entry.Signature, entry.ExpiresAt));
            }

            Assert.Equal((model.Count, model.Bytes), (cache.Count, cache.EstimatedBytes));
            Assert.Equal(Figures.Of(model.Metrics), Figures.Of(cache.GetMetrics()));
            Figures.AssertBalanced(cache.GetMetrics());
            Assert.All(model.Slots, slot =>
                Assert.Equal(Names.Text(slot.Candidates[0].Signature), cache.Peek(Names.Key(slot.Key))?.Signature));
            Assert.All(cache.List(new()).Entries, kept =>
                Assert.InRange(ManualTime.TicksOf(kept.ExpiresAt), 0, time.Now + Settings.TimeToLive));
            cache.AssertIntact(program.Settings.Capacity, program.Settings.MaxBytes);
        }

        // What was once handed out never changes, but that it may live longer.
        Assert.All(handedOut, seen => Assert.Equal(seen.Text, seen.Entry.Signature));
        Assert.All(handedOut, seen => Assert.True(
            program.Settings.IsAdaptive ? seen.ExpiresAt <= seen.Entry.ExpiresAt : seen.ExpiresAt == seen.Entry.ExpiresAt));
    }
}
