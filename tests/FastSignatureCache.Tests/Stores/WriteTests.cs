using FastSignatureCache.Stores;
using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Stores;

/// <summary>What is changed in memory reaches the store: in order, in batches, when the settings say.</summary>
public sealed class WriteTests : TieredFixture
{
    [Fact]
    public async Task Written_through_a_commit_waits_for_the_batch()
    {
        await using var cache = Create();
        Store.HoldWrites();
        cache.Put(Signatures.Key(1), Signatures.Thought(1));
        var committed = CommitAsync(cache);
        await Store.UntilAsync(store => store.Calls.Count > 0);

        Assert.False(committed.IsCompleted);
        Store.ReleaseWrites();
        await committed;

        Assert.Equal([Signatures.Thought(1)], Store.Texts(Signatures.Key(1)));
    }

    [Fact]
    public async Task A_commit_with_nothing_to_wait_for_completes_at_once_and_allocates_nothing()
    {
        await using var cache = Create();
        cache.Put(Signatures.Key(1), Signatures.Thought(1));
        await CommitAsync(cache);
        using var memory = new SignatureCache();

        Assert.True(CommitAsync(cache).IsCompletedSuccessfully);
        Assert.True(CommitAsync(memory).IsCompletedSuccessfully);
        Assert.True(PrefetchAsync(memory, 1).IsCompletedSuccessfully);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = CommitAsync(cache).IsCompleted;
        _ = CommitAsync(memory).IsCompleted;
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task What_waits_goes_in_one_batch()
    {
        await using var cache = Create();
        Store.HoldWrites();
        cache.Put([Signatures.Key(0).With(1)], Signatures.Thought(0));
        await Store.UntilAsync(store => store.Calls.Count > 0);
        for (var i = 1; i <= 5; i++)
        {
            cache.Put([Signatures.Key(i).With(1), Signatures.Key(i, part: "b").With(1)], Signatures.Thought(i));
        }

        Store.ReleaseWrites();
        await CommitAsync(cache);

        Assert.Equal(["put 1", "put 10"], Store.Calls);
        Assert.All(Store.Kept, kept => Assert.Equal(Time.GetUtcNow() + TimeSpan.FromDays(7), kept.ExpiresAt));
    }

    [Fact]
    public async Task A_batch_has_its_largest_size()
    {
        await using var cache = Create(options => options.MaxBatchSize = 2);
        Store.HoldWrites();
        cache.Put([Signatures.Key(0).With(1)], Signatures.Thought(0));
        await Store.UntilAsync(store => store.Calls.Count > 0);
        for (var i = 1; i <= 3; i++)
        {
            cache.Put([Signatures.Key(i).With(1)], Signatures.Thought(i));
        }

        Store.ReleaseWrites();
        await CommitAsync(cache);

        Assert.Equal(["put 1", "put 2", "put 1"], Store.Calls);
    }

    [Fact]
    public async Task A_put_without_context_replaces_and_a_candidate_stays_beside_the_others()
    {
        await using var cache = Create();
        cache.Put([Signatures.Key(1).With(1)], Signatures.Thought(1));
        cache.Put([Signatures.Key(1).With(2)], Signatures.Thought(2));
        await CommitAsync(cache);
        Assert.Equal(2, Store.Texts(Signatures.Key(1)).Count);

        cache.Put(Signatures.Key(1), Signatures.Thought(3));
        await CommitAsync(cache);

        Assert.Equal([Signatures.Thought(3)], Store.Texts(Signatures.Key(1)));
        Assert.Equal(["remove 1", "put 1"], Store.Calls[^2..]);
    }

    [Fact]
    public async Task Changes_of_one_batch_have_the_effect_of_their_order()
    {
        await using var cache = Create();
        Store.HoldWrites();
        cache.Put([Signatures.Key(0).With(1)], Signatures.Thought(0));
        await Store.UntilAsync(store => store.Calls.Count > 0);
        cache.Put(Signatures.Key(1), Signatures.Thought(1));
        cache.Clear();
        cache.Put(Signatures.Key(2), Signatures.Thought(2));
        cache.Put(Signatures.Key(2), Signatures.Thought(3));
        cache.Put([Signatures.Key(3).With(1)], Signatures.Thought(4));
        cache.Put([Signatures.Key(3).With(1)], Signatures.Thought(4));
        cache.Put(Signatures.Key(4), Signatures.Thought(5));
        Assert.True(cache.ReportCorrupted(Signatures.Key(4)));
        Store.ReleaseWrites();
        await CommitAsync(cache);

        Assert.Equal(["put 1", "clear", "remove 2", "put 2"], Store.Calls);
        Assert.Equal([Signatures.Thought(3), Signatures.Thought(4)], Store.Kept.Select(ScriptedStore.Text));
    }

    [Fact]
    public async Task A_removal_reaches_the_store_even_if_memory_has_nothing()
    {
        Store.Plant(Stored(Signatures.Key(1), 1), Stored(Signatures.Key(2), 2));
        await using var cache = Create();

        Assert.False(cache.Remove(Signatures.Key(1)));
        Assert.False(cache.ReportCorrupted(Signatures.Key(2)));
        Assert.False(cache.Remove(default));
        await CommitAsync(cache);

        Assert.Empty(Store.Kept);
    }

    [Fact]
    public async Task A_report_of_all_names_reaches_the_store_whatever_memory_has()
    {
        Store.Plant(Stored(Signatures.Key(1), 1), Stored(Signatures.Key(2), 1), Stored(Signatures.Key(3), 3));
        await using var cache = Create();

        Assert.False(cache.ReportCorrupted([Signatures.Key(1), Signatures.Key(2)], CorruptionReason.Invalid));
        await CommitAsync(cache);

        Assert.Equal([Signatures.Thought(3)], Store.Kept.Select(ScriptedStore.Text));
        Assert.Equal(0, cache.GetMetrics().Corruptions);
    }

    [Fact]
    public async Task What_is_refused_or_evicted_changes_nothing_in_the_store()
    {
        await using var cache = Create(memory: new() { Capacity = 1 });
        cache.Put(Signatures.Key(1), Signatures.Thought(1));
        Assert.False(cache.Put(Signatures.Key(1), "not a signature"));
        cache.Put(Signatures.Key(2), Signatures.Thought(2));
        await CommitAsync(cache);

        Assert.Equal(2, Store.Kept.Count);
    }

    [Fact]
    public async Task Written_behind_nobody_waits_and_the_batch_goes_after_the_delay()
    {
        await using var cache = Create(options => options.Durability = StoreDurability.WrittenBehind);
        cache.Put([Signatures.Key(1).With(1)], Signatures.Thought(1));
        cache.Put([Signatures.Key(2).With(1)], Signatures.Thought(2));

        Assert.True(CommitAsync(cache).IsCompletedSuccessfully);
        Assert.Empty(Store.Calls);
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(100), () => Store.Kept.Count > 0);

        Assert.Equal(["put 2"], Store.Calls);
    }

    [Fact]
    public async Task Written_behind_a_whole_batch_does_not_wait_for_the_delay()
    {
        await using var cache = Create(options =>
        {
            options.Durability = StoreDurability.WrittenBehind;
            options.MaxBatchSize = 3;
        });
        for (var i = 0; i < 3; i++)
        {
            cache.Put([Signatures.Key(i).With(1)], Signatures.Thought(i));
        }

        await Store.UntilAsync(store => store.Kept.Count == 3);
    }

    [Theory]
    [InlineData(StoreDurability.WrittenThrough)]
    [InlineData(StoreDurability.WrittenBehind)]
    public async Task Disposal_writes_what_is_queued_and_disposes_of_the_store(StoreDurability durability)
    {
        var cache = Create(options => options.Durability = durability);
        for (var i = 0; i < 1_000; i++)
        {
            cache.Put([Signatures.Key(i).With(1)], Signatures.Thought(i));
        }

        await cache.DisposeAsync();
        await cache.DisposeAsync();

        Assert.Equal(1_000, Store.Kept.Count);
        Assert.True(Store.IsDisposed);
        Assert.False(cache.Put(Signatures.Key(1), Signatures.Thought(1)));
        Assert.False(cache.Remove(Signatures.Key(1)));
        Assert.Null(Find(cache, Signatures.Key(1)));
        Assert.True(CommitAsync(cache).IsCompletedSuccessfully);
        Assert.True(PrefetchAsync(cache, 1).IsCompletedSuccessfully);
        Assert.Equal(1_000, Store.Kept.Count);
    }

    [Fact]
    public async Task Store_is_told_to_remove_what_has_expired()
    {
        await using var cache = Create(options => options.CleanupInterval = TimeSpan.FromMinutes(1));

        await AdvanceUntilAsync(TimeSpan.FromSeconds(30), () => Store.Calls.Contains("expired"));
        Store.WriteFailure = new InvalidOperationException("no disk");
        await AdvanceUntilAsync(TimeSpan.FromSeconds(30), () => cache.GetMetrics().StoreFailures > 0);
        Store.WriteFailure = null;
        var calls = Store.Calls.Count;
        await AdvanceUntilAsync(TimeSpan.FromSeconds(30), () => Store.Calls.Count > calls + 1);

        Assert.False(cache.GetMetrics().IsStoreDegraded);
    }
}
