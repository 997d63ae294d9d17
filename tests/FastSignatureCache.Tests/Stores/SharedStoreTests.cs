using FastSignatureCache.Stores;
using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Stores;

/// <summary>What changes when others work on the same store.</summary>
public sealed class SharedStoreTests : TieredFixture
{
    private static readonly SignatureKey Key = Signatures.Key(1);
    private static readonly SignatureKey OtherKey = Signatures.Key(2);

    public SharedStoreTests()
    {
        Store = new SharedScriptedStore();
    }

    private SharedScriptedStore Shared => (SharedScriptedStore)Store;

    [Fact]
    public async Task Nothing_is_taken_for_known()
    {
        await using var cache = Create();
        await PrefetchAsync(cache, 1);
        Store.Plant(Stored(Key, 1));

        await PrefetchAsync(cache, 1);

        Assert.Equal(Signatures.Thought(1), Find(cache, Key));
    }

    [Fact]
    public async Task What_others_remove_leaves_memory_and_nothing_is_written()
    {
        await using var cache = Create();
        await PutBothAsync(cache);

        Shared.RemoveElsewhere(new(Key));
        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => Find(cache, Key) is null);

        Assert.Equal(Signatures.Thought(2), Find(cache, OtherKey));
        await CommitAsync(cache);
        Assert.DoesNotContain("remove 1", Store.Calls);
        cache.Memory.AssertIntact(1_000);
    }

    [Fact]
    public async Task What_others_clear_leaves_memory_and_nothing_is_written()
    {
        await using var cache = Create();
        await PutBothAsync(cache);

        Shared.RemoveElsewhere(default);
        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => cache.Count == 0);

        await CommitAsync(cache);
        Assert.DoesNotContain("clear", Store.Calls);
        cache.Memory.AssertIntact(1_000);
    }

    [Fact]
    public async Task A_load_does_not_bring_back_what_others_removed_meanwhile()
    {
        Store.Plant(Stored(Key, 1));
        await using var cache = Create();
        cache.Put(OtherKey, Signatures.Thought(2));
        Store.HoldReads();
        var loading = PrefetchAsync(cache, 1);
        await Store.UntilAsync(store => store.Calls.Contains("get conversation-1"));

        Shared.RemoveElsewhere(new(Key));
        Shared.RemoveElsewhere(new(OtherKey));
        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => cache.Count == 0);
        Store.ReleaseReads();
        await loading;

        Assert.Null(Find(cache, Key));
    }

    [Fact]
    public async Task Watching_that_fails_is_begun_again_and_degrades_nothing()
    {
        await using var cache = Create();
        await PutBothAsync(cache);
        await Store.UntilAsync(store => store.Calls.Contains("watch"));

        Shared.FailNotices(new InvalidOperationException("no connection"));
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(100), () => Store.Calls.Count(call => call == "watch") == 2);
        Shared.RemoveElsewhere(new(Key));
        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => Find(cache, Key) is null);

        Assert.Equal((1, false), (cache.GetMetrics().StoreFailures, cache.GetMetrics().IsStoreDegraded));
    }

    private static async Task PutBothAsync(TieredSignatureCache cache)
    {
        // Beside what is there: a put that takes the place of all would remove something itself.
        cache.Put([Key.With(1)], Signatures.Thought(1));
        cache.Put([OtherKey.With(1)], Signatures.Thought(2));
        await CommitAsync(cache);
    }
}
