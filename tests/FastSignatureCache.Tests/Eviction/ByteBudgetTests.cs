using System.Globalization;
using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Eviction;

[Collection(nameof(NothingElseRuns))]
public class ByteBudgetTests
{
    [Fact]
    public void Entries_are_evicted_down_to_the_byte_budget()
    {
        using var cache = new SignatureCache(new() { MaxBytes = 100_000 });
        for (var i = 0; i < 200; i++)
        {
            Assert.True(cache.Put(Signatures.Key(i), Signatures.Thought(i, length: 4_000)));
            cache.AssertIntact(maxBytes: 100_000);
        }

        Assert.InRange(cache.Count, 28, 30);
        Assert.NotNull(cache.Find(Signatures.Key(199)));
        Assert.Equal(200 - cache.Count, cache.GetMetrics().Evictions);
    }

    [Fact]
    public void A_growing_entry_makes_room_for_itself()
    {
        using var cache = new SignatureCache(new() { MaxBytes = 100_000 });
        for (var i = 0; i < 11; i++)
        {
            cache.Put(Signatures.Key(i), Signatures.Thought(i, length: 8_000));
        }

        Assert.True(cache.Put(Signatures.Key(3), Signatures.Thought(3, length: 80_000)));

        Assert.Equal(Signatures.Thought(3, length: 80_000), cache.Find(Signatures.Key(3)));
        Assert.Equal(7, cache.Count);
        cache.AssertIntact(maxBytes: 100_000);
    }

    [Fact]
    public void Working_set_that_fits_stays_where_the_bytes_bind_before_the_count()
    {
        using var cache = new SignatureCache(new() { Capacity = 1_000, MaxBytes = 1_000_000 });
        for (var i = 0; i < 2_000; i++)
        {
            cache.Put(Signatures.Key(i), Signatures.Thought(i, length: 4_000));
            cache.Find(Signatures.Key(i));
        }

        var hits = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var key = Signatures.Key(10_000 + (i % 100));
            hits += cache.Find(key) is null ? 0 : 1;
            cache.Put(key, Signatures.Thought(i, length: 4_000));
        }

        Assert.InRange(cache.Count, 200, 400);
        Assert.InRange(hits, 1_600, 1_900);
    }

    [Fact]
    public void Entry_larger_than_the_whole_budget_is_refused()
    {
        using var cache = new SignatureCache(new() { MaxBytes = 10_000 });
        cache.Put(Signatures.Key(1), Signatures.Thought(1));

        Assert.False(cache.Put(Signatures.Key(2), Signatures.Thought(2, length: 12_000)));
        Assert.False(cache.Put(Signatures.Key(2).With(), Signatures.Thought(2, length: 12_000)));

        Assert.NotNull(cache.Find(Signatures.Key(1)));
        Assert.Equal(2, cache.GetMetrics().RefusedSizes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Largest_accepted_entry_fits_alone(bool asCandidate)
    {
        using var cache = new SignatureCache(new() { MaxBytes = 10_000 });
        var length = 9_900;
        while (!Put(length))
        {
            length--;
        }

        Assert.InRange(length, 9_000, 9_899);
        Assert.True(Put(length));
        Assert.Equal(1, cache.Count);
        cache.AssertIntact(maxBytes: 10_000);

        bool Put(int count)
        {
            var signature = new string('A', count / 4 * 4);
            return asCandidate
                ? cache.Put(Signatures.Key(1).With(history: (ulong)Random.Shared.NextInt64()), signature)
                : cache.Put(Signatures.Key(1), signature);
        }
    }

    [Theory]
    [InlineData(72)]
    [InlineData(400)]
    [InlineData(4_000)]
    public void Estimate_is_within_15_percent_of_what_the_garbage_collector_reports(int length)
    {
        const int Entries = 4_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var cache = new SignatureCache(new() { Capacity = Entries });
        for (var i = 0; i < Entries; i++)
        {
            // Every string its own, as the estimate assumes.
            var number = i.ToString("D8", CultureInfo.InvariantCulture);
            cache.Put(new SignatureKey("conversation-" + number, "model-" + number), Signatures.Thought(i, length));
        }

        var actual = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.InRange((double)cache.EstimatedBytes / actual, 0.85, 1.15);
    }
}
