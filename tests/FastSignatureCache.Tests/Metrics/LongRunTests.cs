using System.Globalization;
using FastSignatureCache.Metrics;
using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests.Metrics;

[Collection(nameof(NothingElseRuns))]
public class LongRunTests
{
    private const int Hours = 24;
    private const int LookupsPerHour = 10_000_000 / Hours;
    private const int Keys = 4_096;
    private const int Capacity = 2_000;

    /// <summary>Every kind of event, ever new models, keys that leave for every reason: after the first hours nothing grows any more.</summary>
    [Fact]
    public void Memory_stays_flat_through_a_day_and_ten_million_look_ups()
    {
        var time = new FakeTimeProvider();
        using var cache = new SignatureCache(new() { Capacity = Capacity, TimeToLive = TimeSpan.FromHours(3) }, time);
        var keys = Enumerable.Range(0, Keys).Select(i => Signatures.Key(i, "model-" + (i % 50).ToString(CultureInfo.InvariantCulture))).ToArray();
        var signature = Signatures.Thought(1);
        var (before, expected) = (0L, 0L);
        for (var hour = 0; hour < Hours; hour++)
        {
            for (var i = 0; i < LookupsPerHour; i++, expected++)
            {
                var key = keys[(i * 7) & (Keys - 1)];
                if (!cache.TryGet(key, out _) && i % 4 == 0)
                {
                    cache.Put(key, signature);
                }
            }

            for (var i = 0; i < 100; i++)
            {
                cache.Put(keys[i], "no signature");
                cache.ReportCorrupted(keys[i]);
                cache.Put(keys[i], signature);
                cache.Put(keys[i], signature);
                cache.Remove(keys[i + 100]);
                cache.TryGet(Signatures.Key(i, $"invented-{hour}-{i}"), out _);
                expected++;
            }

            time.Advance(TimeSpan.FromHours(1));
            cache.RemoveExpired();
            cache.Clear();
            if (hour == 4)
            {
                before = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        var metrics = cache.GetMetrics();
        Assert.Equal(expected, metrics.Lookups);
        Assert.Equal(ModelRegistry.MaxModels + 1, metrics.Models.Count);
        Assert.InRange(metrics.LookupNanoseconds.Count, 10_000, 40_000);
        Assert.Equal(CorruptionLog.Length, metrics.RecentCorruptions.Count);
        Assert.InRange(growth, long.MinValue, 64 * 1024);
    }
}
