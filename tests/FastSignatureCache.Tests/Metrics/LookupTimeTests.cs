using FastSignatureCache.Metrics;
using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Metrics;

public class LookupTimeTests
{
    [Fact]
    public void One_look_up_in_so_many_is_timed()
    {
        const int Lookups = 200 * LookupSampling.LookupsPerSample;
        using var cache = new SignatureCache();
        for (var i = 0; i < Lookups; i++)
        {
            cache.TryGet(Signatures.Key(i), out _);
        }

        // 200 on the average, by a random draw: four standard deviations are 57.
        var times = cache.GetMetrics().LookupNanoseconds;
        Assert.InRange(times.Count, 100, 300);
        Assert.InRange(times.P50, 1, times.P95);
        Assert.InRange(times.P99, times.P95, times.P999);
        Assert.InRange(times.P999, times.P99, times.Max);
    }

    [Fact]
    public void Hits_are_timed_under_either_form_of_look_up()
    {
        const int Keys = 20 * LookupSampling.LookupsPerSample;
        using var cache = new SignatureCache(new() { Capacity = Keys });
        for (var i = 0; i < Keys; i++)
        {
            cache.Put(Signatures.Key(i), Signatures.Thought(1));
        }

        for (var i = 0; i < Keys; i++)
        {
            Assert.True(cache.TryGet(Signatures.Key(i), out _));
        }

        var single = cache.GetMetrics().LookupNanoseconds.Count;
        for (var i = 0; i < Keys; i++)
        {
            Assert.True(cache.Lookup(Signatures.Key(i).With()).IsHit);
        }

        Assert.InRange(single, 1, 60);
        Assert.InRange(cache.GetMetrics().LookupNanoseconds.Count - single, 1, 60);
        Assert.Equal(2 * Keys, cache.GetMetrics().Hits);
    }

    [Fact]
    public void A_distribution_tells_values_apart_by_one_in_a_hundred()
    {
        var distribution = new Distribution(1_000_000);
        for (var i = 1; i <= 100_000; i++)
        {
            distribution.Record(i);
        }

        distribution.Record(5_000_000);
        var (count, p50, p95, p99, p999, max) = distribution.Snapshot();
        Assert.Equal((100_001L, 1_000_000.0), (count, max));
        Assert.InRange(p50, 50_000, 50_500);
        Assert.InRange(p95, 95_000, 95_950);
        Assert.InRange(p99, 99_000, 99_990);
        Assert.InRange(p999, 99_900, 100_900);
    }
}
