using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests.Concurrency;

public class ConcurrencyTests
{
    private const int Threads = 4;
    private const int OperationsEach = 20_000;
    private const int Keys = 300;

    private static readonly string[] Texts = [.. Enumerable.Range(0, Keys * 4).Select(i => Signatures.Thought(i))];

    [Fact]
    public void Concurrent_access()
    {
        var time = new FakeTimeProvider();
        var options = new SignatureCacheOptions { Capacity = 200, MaxBytes = 80_000, TimeToLive = TimeSpan.FromSeconds(10) };
        using var cache = new SignatureCache(options, time);
        long lookups = 0;

        RunAtOnce(thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < OperationsEach; i++)
            {
                var number = random.Next(Keys);
                var key = Signatures.Key(number);
                var context = new ContextualKey(key, new SignatureContext((ulong)random.Next(20), (ulong)random.Next(3), random.Next(2)));
                var text = Texts[number + (Keys * random.Next(4))];
                switch (random.Next(20))
                {
                    case < 4:
                        Assert.True(cache.Put(key, text));
                        break;
                    case < 8:
                        Assert.True(cache.Put(context, text));
                        break;
                    case < 12:
                        Check(number, cache.TryGet(key, out var entry) ? entry : null);
                        break;
                    case < 16:
                        Check(number, cache.Lookup([context, context with { Key = Signatures.Key(number) }]).Entry);
                        break;
                    case 16:
                        cache.Remove(key);
                        break;
                    case 17:
                        cache.ReportCorrupted(key);
                        break;
                    case 18 when i % 50 == 0:
                        cache.RemoveExpired();
                        break;
                    case 19 when i % 100 == 0:
                        time.Advance(TimeSpan.FromSeconds(random.Next(2) == 0 ? 1 : 11));
                        break;
                    case 19 when i % 1_000 == 1:
                        cache.Clear();
                        break;
                    default:
                        Check(number, cache.Lookup(key).Entry);
                        break;
                }

                Assert.True(cache.Count <= 200);
            }
        });

        cache.AssertIntact(capacity: 200, maxBytes: 80_000);
        var metrics = cache.GetMetrics();
        Assert.Equal(lookups, metrics.Hits + metrics.Misses);
        Assert.All(
            [metrics.Hits, metrics.Misses, metrics.Evictions, metrics.Expirations, metrics.Corruptions],
            count => Assert.NotEqual(0, count));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((0, 0L), (cache.Count, cache.EstimatedBytes));

        // Whatever a look-up answers was put under that very key.
        void Check(int number, CachedSignature? found)
        {
            Interlocked.Increment(ref lookups);
            if (found is not null)
            {
                Assert.Equal(Signatures.Key(number), found.Key);
                Assert.Equal(number, Array.IndexOf(Texts, found.Signature) % Keys);
            }
        }
    }

    [Fact]
    public void Concurrent_candidates_of_one_key_are_all_kept()
    {
        using var cache = new SignatureCache();
        var key = Signatures.Key(1);

        for (var round = 0; round < 500; round++)
        {
            cache.Clear();
            RunAtOnce(thread => cache.Put(key.With(history: (ulong)thread), Texts[thread]));

            for (var thread = 0; thread < Threads; thread++)
            {
                Assert.Equal(Texts[thread], cache.Lookup(key.With(history: (ulong)thread)).Entry?.Signature);
            }
        }

        cache.AssertIntact();
    }

    [Fact]
    public void Trap_the_capacity_is_honest_while_threads_put()
    {
        using var cache = new SignatureCache(new() { Capacity = 100 });
        var most = 0;

        RunAtOnce(thread =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                cache.Put(Signatures.Key((thread * 5_000) + i), Texts[0]);
                InterlockedMax(ref most, cache.Inspect().InTable);
            }
        });

        Assert.Equal(100, most);
        Assert.Equal(100, cache.Count);
        Assert.Equal((Threads * 5_000) - 100, cache.GetMetrics().Evictions);
        cache.AssertIntact(capacity: 100);
    }

    [Fact]
    public void Counters_lose_nothing_while_threads_look_up()
    {
        using var cache = new SignatureCache();
        cache.Put(Signatures.Key(1), Texts[1]);

        RunAtOnce(_ =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                cache.TryGet(Signatures.Key(1), out var _);
                cache.TryGet(Signatures.Key(2), out var _);
            }
        });

        var metrics = cache.GetMetrics();
        Assert.Equal((Threads * 50_000L, Threads * 50_000L, 50.0), (metrics.Hits, metrics.Misses, metrics.HitRate));
        Assert.InRange(cache.Peek(Signatures.Key(1))!.RequestCount, 1, Threads * 75_000L);
    }

    [Fact]
    public void Dispose_amid_other_operations_leaves_an_empty_cache()
    {
        for (var round = 0; round < 50; round++)
        {
            var cache = new SignatureCache();
            RunAtOnce(thread =>
            {
                if (thread == 0)
                {
                    cache.Dispose();
                    return;
                }

                for (var i = 0; i < 200; i++)
                {
                    cache.Put(Signatures.Key(i), Texts[i]);
                    cache.TryGet(Signatures.Key(i), out _);
                }
            });

            Assert.Equal(0, cache.Count);
            cache.AssertIntact();
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var current = Volatile.Read(ref target);
        while (value > current)
        {
            current = Interlocked.CompareExchange(ref target, value, current) is var seen && seen == current ? value : seen;
        }
    }

    private static void RunAtOnce(Action<int> work)
    {
        using var barrier = new Barrier(Threads);
        var faults = new Exception?[Threads];
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            barrier.SignalAndWait();
            try
            {
                work(number);
            }
            catch (Exception fault)
            {
                faults[number] = fault;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(faults, Assert.Null);
    }
}
