using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Eviction;

public class CapacityTests
{
    [Fact]
    public void Eviction_of_the_least_recently_used_at_capacity()
    {
        using var cache = new SignatureCache(new() { Capacity = 3 });
        PutAll(cache, 0, 3);
        cache.TryGet(Signatures.Key(0), out _);

        Put(cache, 3);

        Assert.NotNull(cache.Find(Signatures.Key(0)));
        Assert.Null(cache.Find(Signatures.Key(1)));
        Assert.NotNull(cache.Find(Signatures.Key(2)));
        Assert.NotNull(cache.Find(Signatures.Key(3)));
        Assert.Equal((3, 1L), (cache.Count, cache.GetMetrics().Evictions));
        cache.AssertIntact(capacity: 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(100)]
    public void Without_reads_the_oldest_go_first(int capacity)
    {
        using var cache = new SignatureCache(new() { Capacity = capacity });

        PutAll(cache, 0, capacity * 3);

        Assert.All(Enumerable.Range(0, capacity * 2), i => Assert.Null(cache.Find(Signatures.Key(i))));
        Assert.All(Enumerable.Range(capacity * 2, capacity), i => Assert.NotNull(cache.Find(Signatures.Key(i))));
        Assert.Equal(capacity * 2, cache.GetMetrics().Evictions);
    }

    [Fact]
    public void Trap_entries_put_once_and_never_read_use_the_whole_capacity()
    {
        using var cache = new SignatureCache();

        PutAll(cache, 0, 1_000);
        Assert.Equal(1_000, cache.Count);
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.NotNull(cache.Peek(Signatures.Key(i))));

        // And again the newest thousand, after all those before were put and never read.
        PutAll(cache, 1_000, 5_000);
        Assert.All(Enumerable.Range(5_000, 1_000), i => Assert.NotNull(cache.Peek(Signatures.Key(i))));
        cache.AssertIntact(capacity: 1_000);
    }

    [Fact]
    public void Trap_the_full_capacity_is_there_again_after_removing_all()
    {
        using var cache = new SignatureCache(new() { Capacity = 100 });
        for (var round = 0; round < 3; round++)
        {
            PutAll(cache, round * 100, 100);
            Assert.All(Enumerable.Range(round * 100, 100), i => Assert.NotNull(cache.Find(Signatures.Key(i))));
            Assert.All(Enumerable.Range(round * 100, 100), i => Assert.True(cache.Remove(Signatures.Key(i))));
        }

        PutAll(cache, 1_000, 100);

        Assert.All(Enumerable.Range(1_000, 100), i => Assert.NotNull(cache.Find(Signatures.Key(i))));
        Assert.Equal(0, cache.GetMetrics().Evictions);
        cache.AssertIntact(capacity: 100);
    }

    [Fact]
    public void Trap_a_replacing_put_counts_as_use()
    {
        using var cache = new SignatureCache(new() { Capacity = 3 });
        PutAll(cache, 0, 3);
        Put(cache, 0);

        Put(cache, 3);

        Assert.NotNull(cache.Find(Signatures.Key(0)));
        Assert.Null(cache.Find(Signatures.Key(1)));
    }

    [Fact]
    public void Trap_the_capacity_is_never_exceeded()
    {
        using var cache = new SignatureCache(new() { Capacity = 50 });
        for (var i = 0; i < 2_000; i++)
        {
            Put(cache, i * 7919 % 300);
            cache.TryGet(Signatures.Key(i % 300), out _);
            Assert.InRange(cache.Count, 1, 50);
        }

        cache.AssertIntact(capacity: 50);
    }

    [Fact]
    public void Entries_used_twice_outlive_a_flood_of_entries_used_once()
    {
        using var cache = new SignatureCache(new() { Capacity = 100 });
        PutAll(cache, 0, 20);
        PutAll(cache, 0, 20);

        PutAll(cache, 1_000, 1_000);

        Assert.All(Enumerable.Range(0, 20), i => Assert.NotNull(cache.Find(Signatures.Key(i))));
        cache.AssertIntact(capacity: 100);
    }

    [Fact]
    public void Protected_entries_that_fall_out_of_use_make_room()
    {
        using var cache = new SignatureCache(new() { Capacity = 100 });
        PutAll(cache, 0, 20);
        PutAll(cache, 0, 20);
        for (var round = 0; round < 10; round++)
        {
            PutAll(cache, 100, 20);
            PutAll(cache, 1_000 + (50 * round), 50);
        }

        Assert.All(Enumerable.Range(0, 20), i => Assert.Null(cache.Peek(Signatures.Key(i))));
        Assert.All(Enumerable.Range(100, 20), i => Assert.NotNull(cache.Peek(Signatures.Key(i))));
    }

    [Fact]
    public void A_put_looks_at_a_bounded_number_of_entries_even_if_all_were_read()
    {
        using var cache = new SignatureCache(new() { Capacity = 1_000 });
        PutAll(cache, 0, 1_000);
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.NotNull(cache.Find(Signatures.Key(i))));

        Put(cache, 1_000);

        Assert.NotNull(cache.Find(Signatures.Key(1_000)));
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.Equal(i == 64, cache.Peek(Signatures.Key(i)) is null));
        cache.AssertIntact(capacity: 1_000);
    }

    private static void PutAll(SignatureCache cache, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            Put(cache, i);
        }
    }

    private static void Put(SignatureCache cache, int number) => Assert.True(cache.Put(Signatures.Key(number), Signatures.Thought(number)));
}
