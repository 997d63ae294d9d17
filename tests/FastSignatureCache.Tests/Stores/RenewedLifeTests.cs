using FastSignatureCache.Stores;
using FastSignatureCache.Tests.Renewal;
using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Stores;

public sealed class RenewedLifeTests : TieredFixture
{
    private static readonly SignatureKey Key = Signatures.Key(1);
    private static readonly SignatureKey Other = Signatures.Key(1, part: "call");
    private static readonly string Text = Signatures.Thought(1);

    [Fact]
    public async Task A_renewed_expiry_reaches_the_store_and_outlives_a_restart()
    {
        var renewed = Time.GetUtcNow() + TimeSpan.FromMinutes(23.4);
        await using (var cache = Create())
        {
            cache.Put([Key.With(1), Other.With(1)], Text);
            await CommitAsync(cache);
            Time.Advance(TimeSpan.FromMinutes(9));

            Assert.True(cache.Lookup([Key.With(1), Other.With(1)]).IsHit);
            await Store.UntilAsync(store => store.Kept.TrueForAll(kept => kept.ExpiresAt == renewed));
            Assert.Equal(2, Store.Kept.Count);
        }

        Time.Advance(TimeSpan.FromMinutes(12));
        await using var next = Create();
        await PrefetchAsync(next, 1);
        Assert.True(next.Lookup([Key.With(1), Other.With(1)]).IsHit);

        // At the age of 21 minutes: it knows when it was put.
        renewed = Time.GetUtcNow() + TimeSpan.FromMinutes(33.6);
        await Store.UntilAsync(store => store.Kept.TrueForAll(kept => kept.ExpiresAt == renewed));
    }

    [Fact]
    public async Task A_disposal_writes_what_was_renewed()
    {
        var cache = Create();
        cache.Put(Key, Text);
        Time.Advance(TimeSpan.FromMinutes(9));
        Assert.NotNull(Find(cache, Key));

        await cache.DisposeAsync();

        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromMinutes(14.4), Assert.Single(Store.Kept).ExpiresAt);
    }

    [Fact]
    public async Task Renewals_come_in_batches()
    {
        await using var cache = Create();
        for (var i = 0; i < 400; i++)
        {
            cache.Put(Signatures.Key(i), Text);
        }

        await CommitAsync(cache);
        Time.Advance(TimeSpan.FromMinutes(9));
        var before = Store.Calls.Count;
        Store.HoldWrites();
        for (var i = 0; i < 400; i++)
        {
            Assert.NotNull(Find(cache, Signatures.Key(i)));
        }

        cache.Memory.FlushRenewals();
        Store.ReleaseWrites();
        var renewed = Time.GetUtcNow() + TimeSpan.FromMinutes(14.4);
        await Store.UntilAsync(store => store.Kept.TrueForAll(kept => kept.ExpiresAt == renewed));

        Assert.InRange(Store.Calls.Count - before, 1, 20);
    }

    [Fact]
    public async Task What_is_removed_after_its_renewal_does_not_come_back()
    {
        await using var cache = Create();
        cache.Put(Key, Text);
        await CommitAsync(cache);
        for (var i = 0; i < 100; i++)
        {
            cache.Put(Key, Text);
            Time.Advance(TimeSpan.FromMinutes(9));
            Assert.NotNull(Find(cache, Key));
            cache.ReportCorrupted([Key], CorruptionReason.Invalid);
            cache.Memory.FlushRenewals();
            await CommitAsync(cache);
            Assert.Empty(Store.Kept);
        }
    }

    [Fact]
    public async Task A_renewal_by_another_process_is_taken_over()
    {
        Store = new SharedScriptedStore();
        await using var cache = Create();
        cache.Put(Key, Text);
        await CommitAsync(cache);
        var kept = Assert.Single(Store.Kept);
        Store.Unplant(_ => true);
        Store.Plant(kept with { ExpiresAt = kept.ExpiresAt + TimeSpan.FromMinutes(15) });

        await PrefetchAsync(cache, 1);

        Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(Text, Find(cache, Key));
    }

    [Fact]
    public async Task A_fresh_signature_takes_the_old_ones_place_in_the_store()
    {
        var refresher = new ScriptedRefresher();
        await using var cache = new TieredSignatureCache(
            Store, new() { WarmsUp = false, CleanupInterval = Timeout.InfiniteTimeSpan }, Options(), Time, refresher: refresher);
        cache.Put([Key.With(1), Other.With(1)], Text);
        cache.Put([Key.With(2)], Signatures.Thought(2));
        Time.Advance(TimeSpan.FromMinutes(9));
        Assert.True(cache.Lookup([Key.With(1)]).IsHit);

        (await refresher.NextAsync()).Answer.SetResult(Signatures.Thought(3));
        await Store.UntilAsync(store => store.Kept.Count(kept => ScriptedStore.Text(kept) == Signatures.Thought(3)) == 2);

        Assert.Equal([Signatures.Thought(2), Signatures.Thought(3)], Store.Texts(Key));
        Assert.Equal([Signatures.Thought(3)], Store.Texts(Other));
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromMinutes(14.4), Store.Kept.Single(kept => kept.Key == Other).ExpiresAt);
    }

    private static SignatureCacheOptions Options() => new()
    {
        MinTimeToLive = TimeSpan.FromMinutes(10),
        MaxTimeToLive = TimeSpan.FromHours(1),
        CleanupInterval = Timeout.InfiniteTimeSpan,
    };

    private TieredSignatureCache Create() => Create(memory: Options());
}
