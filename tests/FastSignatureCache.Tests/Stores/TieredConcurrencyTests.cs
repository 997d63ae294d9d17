using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Stores;

/// <summary>Whatever threads do at once, in the end memory and store tell the same story.</summary>
public sealed class TieredConcurrencyTests : TieredFixture
{
    private const int Conversations = 6;
    private const int Parts = 4;

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_000, true)]
    [InlineData(10, false)]
    public async Task Memory_and_store_end_alike(int capacity, bool isStoreShared)
    {
        Store = isStoreShared ? new SharedScriptedStore() : Store;
        await using var cache = Create(
            options =>
            {
                options.MaxBatchSize = 7;
                options.MaxQueuedChanges = 1_000_000;
            },
            new() { Capacity = capacity });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() => WorkAsync(cache, new Random(thread)))));
        await CommitAsync(cache);
        Assert.Equal((0, 0, false), (cache.GetMetrics().StoreDrops, cache.GetMetrics().StoreFailures, cache.GetMetrics().IsStoreDegraded));
        cache.Memory.AssertIntact(capacity);

        // Whatever is known is in memory, and the rest comes when it is asked for.
        for (var conversation = 0; conversation < Conversations; conversation++)
        {
            await PrefetchAsync(cache, conversation);
            for (var part = 0; part < Parts; part++)
            {
                var key = Signatures.Key(conversation, part: $"{part}");
                var kept = Store.Texts(key);
                var found = Find(cache, key);
                if (found is null)
                {
                    Assert.Empty(kept);
                }
                else
                {
                    Assert.Contains(found, kept);
                }
            }
        }
    }

    private static async Task WorkAsync(ISignatureCache cache, Random random)
    {
        for (var i = 0; i < 3_000; i++)
        {
            var conversation = random.Next(Conversations);
            var key = Signatures.Key(conversation, part: $"{random.Next(Parts)}");
            switch (random.Next(12))
            {
                case < 3:
                    cache.Put(key, Signatures.Thought(random.Next(20)));
                    break;
                case < 6:
                    cache.Put([key.With((ulong)random.Next(3))], Signatures.Thought(random.Next(20)));
                    break;
                case < 8:
                    cache.Remove(key);
                    break;
                case < 11:
                    await PrefetchAsync(cache, conversation);
                    break;
                default:
                    if (random.Next(50) == 0)
                    {
                        cache.Clear();
                    }

                    await CommitAsync(cache);
                    break;
            }
        }
    }
}
