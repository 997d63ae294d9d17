using FastSignatureCache.Tests.Support;
using FastSignatureCache.Verification.Histories;

namespace FastSignatureCache.Verification.Capacity;

/// <summary>The capacity is what it says: all of it can be used, at any time, and no more of it, by any number of writing threads.</summary>
public class HonestCapacityTests
{
    private const int Capacity = 1_000;
    private const int Writers = 4;

    private static readonly string Text = Signatures.Thought(0);

    [Fact]
    public void Entries_put_once_and_never_read_fill_the_whole_capacity()
    {
        using var cache = new SignatureCache(new() { Capacity = Capacity });

        Put(cache, 0, Capacity);

        Assert.Equal(Capacity, cache.Count);
        Assert.All(Enumerable.Range(0, Capacity), i => Assert.NotNull(cache.Peek(Signatures.Key(i))));
        Put(cache, Capacity, 1);
        Assert.Equal((Capacity, 1L), (cache.Count, cache.GetMetrics().Evictions));
        cache.AssertIntact(Capacity);
    }

    [Fact]
    public void Writing_threads_fill_the_whole_capacity_and_never_exceed_it()
    {
        using var cache = new SignatureCache(new() { Capacity = Capacity });
        using var gang = new Gang(Writers + 1);
        var (writing, most, mostTabled) = (Writers, 0, 0);

        gang.Run(Writers + 1, rounds: 1, (thread, _) =>
        {
            if (thread < Writers)
            {
                try
                {
                    Put(cache, thread * 5_000, 5_000);
                }
                finally
                {
                    Interlocked.Decrement(ref writing);
                }

                return;
            }

            while (Volatile.Read(ref writing) > 0)
            {
                most = Math.Max(most, cache.Count);
                cache.Examine((table, order) => mostTabled = Math.Max(mostTabled, Math.Max(table.Count, order.Count)));
            }
        });

        Assert.InRange(most, 0, Capacity + Writers);
        Assert.InRange(mostTabled, 0, Capacity);
        Assert.Equal((Capacity, (Writers * 5_000L) - Capacity), (cache.Count, cache.GetMetrics().Evictions));
        cache.AssertIntact(Capacity);
    }

    [Fact]
    public void After_removing_all_the_full_capacity_is_usable_at_once()
    {
        using var cache = new SignatureCache(new() { Capacity = Capacity });
        for (var round = 0; round < 3; round++)
        {
            Put(cache, round * Capacity, Capacity);
            Assert.All(Enumerable.Range(round * Capacity, Capacity), i => Assert.NotNull(cache.Find(Signatures.Key(i))));
            Assert.All(Enumerable.Range(round * Capacity, Capacity), i => Assert.True(cache.Remove(Signatures.Key(i))));
            Assert.Equal((0, 0L), (cache.Count, cache.EstimatedBytes));
        }

        Put(cache, 0, Capacity);
        Assert.Equal((Capacity, 0L), (cache.Count, cache.GetMetrics().Evictions));
        cache.AssertIntact(Capacity);
    }

    [Fact]
    public void Threads_that_remove_all_leave_the_full_capacity_to_threads_that_put()
    {
        using var cache = new SignatureCache(new() { Capacity = Capacity });
        using var gang = new Gang(Writers);
        const int Share = Capacity / Writers;

        // The rounds end and begin on all threads at once: the first puts find what the last removals have left.
        gang.Run(Writers, rounds: 40, (thread, round) =>
        {
            var first = (thread * Share) + (round / 2 % 2 * Capacity);
            if (round % 2 == 0)
            {
                Put(cache, first, Share);
            }
            else
            {
                Assert.All(Enumerable.Range(first, Share), i => Assert.True(cache.Remove(Signatures.Key(i))));
            }
        });

        Assert.Equal((0, 0L, 0L), (cache.Count, cache.EstimatedBytes, cache.GetMetrics().Evictions));
        Put(cache, 0, Capacity);
        Assert.Equal((Capacity, 0L), (cache.Count, cache.GetMetrics().Evictions));
        cache.AssertIntact(Capacity);
    }

    private static void Put(SignatureCache cache, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            Assert.True(cache.Put(Signatures.Key(i), Text));
        }
    }
}
