using FastSignatureCache.Tests.Support;
using FastSignatureCache.Verification.Model;

namespace FastSignatureCache.Verification.Histories;

/// <summary>What must hold after every history, when all threads have ended.</summary>
internal static class AfterEach
{
    public static void AssertIntact(Recorder recorder, Settings settings)
    {
        var (cache, history) = (recorder.Cache, recorder.History);
        cache.AssertIntact(settings.Capacity, settings.MaxBytes);
        Assert.Equal(0, recorder.Changed);

        var metrics = cache.GetMetrics();
        Assert.Equal(history.Count(c => c.Found?.Status == SignatureLookupStatus.Hit), metrics.Hits);
        Assert.Equal(history.Count(c => c.Found is not null), metrics.Hits + metrics.Misses);
        Figures.AssertBalanced(metrics);
        Assert.Equal(history.Count(c => c is { Operation: Operation.Report, Answer: true }), metrics.Corruptions);
    }
}
