using FastSignatureCache.Stores;
using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Stores;

/// <summary>At the start memory is filled from the store, newest first, and never at the expense of what is put meanwhile.</summary>
public sealed class WarmingTests : TieredFixture
{
    [Fact]
    public async Task The_newest_that_fit_are_in_memory()
    {
        Store.Plant([.. Enumerable.Range(0, 10).Select(i => Stored(Signatures.Key(i), i, age: TimeSpan.FromMinutes(i)))]);
        await using var cache = Create(options => options.WarmsUp = true, new() { Capacity = 4 });

        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => cache.Count == 4);
        cache.Put(Signatures.Key(100), Signatures.Thought(100));

        // The oldest of them makes room, not the first that came.
        Assert.Equal([0, 1, 2, 100], Enumerable.Range(0, 101).Where(i => Find(cache, Signatures.Key(i)) is not null));
    }

    [Fact]
    public async Task However_many_there_are_there_is_room_for_them_and_for_what_is_put_later()
    {
        Store.Plant([.. Enumerable.Range(0, 2_000).Select(i => Stored(Signatures.Key(i), i, age: TimeSpan.FromMinutes(i)))]);
        await using var cache = Create(options => options.WarmsUp = true, new() { Capacity = 10_000 });

        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => cache.Count == 2_000 || cache.GetMetrics().IsStoreDegraded);
        cache.Put(Signatures.Key(2_000), Signatures.Thought(2_000));

        Assert.Equal(2_001, cache.Count);
        Assert.False(cache.GetMetrics().IsStoreDegraded);
        cache.Memory.AssertIntact();
    }

    [Fact]
    public async Task The_byte_budget_holds()
    {
        Store.Plant([.. Enumerable.Range(0, 100).Select(i => Stored(Signatures.Key(i), i, age: TimeSpan.FromMinutes(i)))]);
        await using var cache = Create(options => options.WarmsUp = true, new() { MaxBytes = 4_096 });

        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => cache.EstimatedBytes > 3_500);

        Assert.InRange(cache.EstimatedBytes, 3_500, 4_096);
        Assert.Equal(0, cache.GetMetrics().Evictions);
    }

    [Fact]
    public async Task What_is_put_meanwhile_stays_and_requests_are_served()
    {
        Store.Plant([.. Enumerable.Range(0, 10).Select(i => Stored(Signatures.Key(i), i, age: TimeSpan.FromMinutes(i)))]);
        Store.HoldReads();
        await using var cache = Create(options => options.WarmsUp = true, new() { Capacity = 4 });
        await Store.UntilAsync(store => store.Calls.Contains("newest"));
        cache.Put(Signatures.Key(0), Signatures.Thought(50));
        cache.Put(Signatures.Key(51), Signatures.Thought(51));
        cache.Put(Signatures.Key(52), Signatures.Thought(52));
        cache.Remove(Signatures.Key(1));
        Store.ReleaseReads();

        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => cache.Count == 4);

        Assert.Equal(Signatures.Thought(50), Find(cache, Signatures.Key(0)));
        Assert.Equal([0, 2, 51, 52], Enumerable.Range(0, 60).Where(i => Find(cache, Signatures.Key(i)) is not null));
        Assert.Equal(0, cache.GetMetrics().Evictions);
    }

    [Fact]
    public async Task While_memory_holds_all_that_the_store_has_nothing_is_loaded()
    {
        Store.Plant(Stored(Signatures.Key(1), 1));
        await using var cache = Create(options => options.WarmsUp = true, new() { Capacity = 2 });
        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => IsKnown(2));
        Assert.DoesNotContain("get conversation-1", Store.Calls);
        cache.Put(Signatures.Key(2), Signatures.Thought(2));
        Assert.True(IsKnown(1));

        cache.Put(Signatures.Key(3), Signatures.Thought(3));
        await PrefetchAsync(cache, 1);

        Assert.Contains("get conversation-1", Store.Calls);

        // Asked only once the warming has ended, or it would be loaded and known for that reason.
        bool IsKnown(int conversation) => Store.Calls.Contains("newest ended")
            && PrefetchAsync(cache, conversation).IsCompletedSuccessfully;
    }

    [Fact]
    public void A_warming_that_never_ends_does_not_remember_every_removal()
    {
        var tracker = new LoadTracker(new KnownConversations(maxCount: 3));
        var load = tracker.Begin(null);
        for (var i = 0; i <= StoreLoad.MaxRemoved; i++)
        {
            tracker.OnRemovedElsewhere(Signatures.Key(i));
        }

        // It brings in nothing more, rather than something that was removed.
        Assert.True(load.Hides(Signatures.Key(0)));
        Assert.True(load.Hides(Signatures.Key(-1)));
        tracker.End(load, isWhole: true);
        Assert.False(tracker.IsKnown(Signatures.Key(-1).ConversationId));
    }

    [Fact]
    public async Task A_store_that_fails_at_the_start_costs_nothing()
    {
        Store.ReadFailure = new InvalidOperationException("no disk");
        Store.Plant(Stored(Signatures.Key(1), 1));
        await using var cache = Create(options => options.WarmsUp = true);
        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => cache.GetMetrics().IsStoreDegraded);

        Store.ReadFailure = null;
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(100), () => !cache.GetMetrics().IsStoreDegraded);
        await PrefetchAsync(cache, 1);

        Assert.Equal(Signatures.Thought(1), Find(cache, Signatures.Key(1)));
    }
}
