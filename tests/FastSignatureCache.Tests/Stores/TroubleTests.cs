using FastSignatureCache.Stores;
using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Tests.Stores;

/// <summary>A store in trouble is nobody's trouble: it is noted once, kept away from callers, and heals by itself.</summary>
public sealed class TroubleTests : TieredFixture
{
    private static readonly SignatureKey Key = Signatures.Key(1);
    private static readonly InvalidOperationException NoDisk = new("no disk");

    [Fact]
    public async Task A_failed_read_is_noted_once_and_skipped_until_a_probe_succeeds()
    {
        Store.Plant(Stored(Key, 1));
        Store.ReadFailure = NoDisk;
        await using var cache = Create();

        await PrefetchAsync(cache, 1);
        Assert.True(cache.GetMetrics().IsStoreDegraded);
        Assert.True(PrefetchAsync(cache, 1).IsCompletedSuccessfully);
        Assert.Single(Store.Calls);
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(100), () => Store.Calls.Count == 3);
        Store.ReadFailure = null;
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(100), HasHealed);
        await PrefetchAsync(cache, 1);

        Assert.Equal(Signatures.Thought(1), Find(cache, Key));
        Assert.Equal(
            [(LogLevel.Warning, null), (LogLevel.Debug, NoDisk), (LogLevel.Information, (Exception?)null)],
            Logger.Collector.GetSnapshot().Select(record => (record.Level, record.Exception)));
        Assert.DoesNotContain(Logger.Collector.GetSnapshot(), record => record.Message.Contains("conversation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_read_that_takes_too_long_is_given_up_at_the_timeout()
    {
        Store.IgnoresCancellation = true;
        Store.HoldReads();
        await using var cache = Create();
        var prefetch = PrefetchAsync(cache, 1);
        await Store.UntilAsync(store => store.Calls.Count > 0);

        Time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.False(prefetch.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await prefetch;

        Assert.Equal((1, true), (cache.GetMetrics().StoreFailures, cache.GetMetrics().IsStoreDegraded));
        Store.ReleaseReads();
    }

    [Fact]
    public async Task A_write_that_fails_lets_its_callers_go_and_is_tried_again()
    {
        Store.WriteFailure = NoDisk;
        await using var cache = Create();
        cache.Put([Key.With(1)], Signatures.Thought(1));
        await CommitAsync(cache);
        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => cache.GetMetrics().IsStoreDegraded);
        cache.Put([Key.With(2)], Signatures.Thought(2));
        Assert.True(CommitAsync(cache).IsCompletedSuccessfully);

        Store.WriteFailure = null;
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(100), HasHealed);

        Assert.Equal([Signatures.Thought(1), Signatures.Thought(2)], Store.Kept.Select(ScriptedStore.Text));
        Assert.Equal(0, cache.GetMetrics().StoreDrops);
        Assert.Equal(3, Logger.Collector.Count);
    }

    [Fact]
    public async Task Trouble_ends_when_what_is_queued_is_caught_up_with()
    {
        Store.WriteFailure = NoDisk;
        await using var cache = Create(options => options.MaxBatchSize = 2);
        cache.Put([Key.With(0)], Signatures.Thought(0));
        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => cache.GetMetrics().IsStoreDegraded);
        for (var i = 1; i <= 4; i++)
        {
            cache.Put([Key.With((ulong)i)], Signatures.Thought(i));
        }

        List<bool> isDegraded = [];
        Store.OnWrite = () => isDegraded.Add(cache.GetMetrics().IsStoreDegraded);
        Store.WriteFailure = null;
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(100), () => Store.Kept.Count == 5 && HasHealed());

        Assert.Equal([true, true, false], isDegraded);
    }

    [Fact]
    public async Task A_write_that_takes_too_long_lets_its_callers_go_and_the_next_waits_for_its_end()
    {
        Store.IgnoresCancellation = true;
        Store.HoldWrites();
        await using var cache = Create();
        cache.Put([Key.With(1)], Signatures.Thought(1));
        var committed = CommitAsync(cache);
        await Store.UntilAsync(store => store.Calls.Count > 0);

        Time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(committed.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await committed;
        cache.Remove(Key);
        Assert.True(CommitAsync(cache).IsCompletedSuccessfully);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["put 1"], Store.Calls);

        // It comes late, but not after what was asked for later.
        Store.ReleaseWrites();
        await Store.UntilAsync(store => store.Calls.Contains("remove 1"));
        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => Store.Kept.Count == 0 && !cache.GetMetrics().IsStoreDegraded);
        Assert.Equal(1, cache.GetMetrics().StoreFailures);
    }

    [Fact]
    public async Task A_write_that_is_given_up_at_once_when_it_takes_too_long_is_trouble_too()
    {
        Store.HoldWrites();
        await using var cache = Create();
        cache.Put([Key.With(1)], Signatures.Thought(1));
        await Store.UntilAsync(store => store.Calls.Count > 0);

        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(10), () => cache.GetMetrics().IsStoreDegraded);
        Store.ReleaseWrites();
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(10), () => !cache.GetMetrics().IsStoreDegraded);

        Assert.Equal(1, cache.GetMetrics().StoreFailures);
        Assert.Equal([Signatures.Thought(1)], Store.Kept.Select(ScriptedStore.Text));
    }

    [Fact]
    public async Task A_store_that_stays_slow_is_written_to_and_the_trouble_ends_when_it_is_quick_again()
    {
        Store.WriteFailure = NoDisk;
        Store.IgnoresCancellation = true;
        await using var cache = Create(options => options.WriteTimeout = TimeSpan.FromMilliseconds(50));
        cache.Put([Key.With(1)], Signatures.Thought(1));
        await AdvanceUntilAsync(TimeSpan.FromTicks(1), () => cache.GetMetrics().IsStoreDegraded);
        Store.WriteFailure = null;
        Store.HoldWrites();
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(10), () => Store.Calls.Count == 2);
        Time.Advance(TimeSpan.FromMilliseconds(51));
        Store.ReleaseWrites();

        await Store.UntilAsync(store => store.Kept.Count == 1);
        Assert.True(cache.GetMetrics().IsStoreDegraded);
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(10), () => !cache.GetMetrics().IsStoreDegraded);
        Assert.Equal([Signatures.Thought(1)], Store.Kept.Select(ScriptedStore.Text));
    }

    // It says so last.
    private bool HasHealed() => Logger.Collector.GetSnapshot().Any(record => record.Level == LogLevel.Information);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_queue_drops_the_oldest_and_counts_it(bool byBytes)
    {
        Store.HoldWrites();
        await using var cache = Create(options =>
        {
            options.MaxQueuedChanges = byBytes ? 1_000 : 3;
            options.MaxQueuedBytes = byBytes ? 3 * 751 : 1_000_000;
        });
        cache.Put([Signatures.Key(0).With(1)], Signatures.Thought(0));
        await Store.UntilAsync(store => store.Calls.Count > 0);
        for (var i = 1; i <= 5; i++)
        {
            cache.Put([Signatures.Key(i).With(1)], Signatures.Thought(i, 1_000));
        }

        Assert.Equal(2, cache.GetMetrics().StoreDrops);
        Store.ReleaseWrites();
        await CommitAsync(cache);

        Assert.Equal([0, 3, 4, 5], Enumerable.Range(0, 6).Where(i => Store.Texts(Signatures.Key(i)).Count > 0));
    }

    [Fact]
    public async Task Disposal_does_not_wait_for_a_store_that_is_down()
    {
        Store.WriteFailure = NoDisk;
        var cache = Create();
        cache.Put(Key, Signatures.Thought(1));
        await CommitAsync(cache);

        await cache.DisposeAsync();

        Assert.True(Store.IsDisposed);
        Assert.Equal(1, cache.GetMetrics().StoreDrops);
        Assert.Contains(Logger.Collector.GetSnapshot(), record => record.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Disposal_gives_up_on_a_store_that_hangs()
    {
        Store.IgnoresCancellation = true;
        Store.HoldWrites();
        var cache = Create();
        cache.Put([Key.With(1)], Signatures.Thought(1));
        await Store.UntilAsync(store => store.Calls.Count > 0);
        cache.Put([Key.With(2)], Signatures.Thought(2));

        var disposal = cache.DisposeAsync().AsTask();
        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => disposal.IsCompleted);

        Assert.True(Store.IsDisposed);
        Store.ReleaseWrites();
    }

    [Fact]
    public async Task Disposal_gives_up_on_a_store_whose_own_disposal_hangs()
    {
        Store.HangsWhenDisposed = true;
        var disposal = Create().DisposeAsync().AsTask();

        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => disposal.IsCompleted);

        await disposal;
        Assert.Single(Logger.Collector.GetSnapshot(), record => record.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Metrics_begin_again_from_zero()
    {
        Store.ReadFailure = NoDisk;
        await using var cache = Create();
        await PrefetchAsync(cache, 1);

        cache.ResetMetrics();

        var metrics = cache.GetMetrics();
        Assert.True(metrics.IsStoreDegraded);
        Assert.Equal((0, 0, 0, 0), (metrics.StoreLoads, metrics.StoreFailures, metrics.StoreRefusals, metrics.StoreDrops));
    }

    [Fact]
    public void Every_fault_of_the_settings_is_named_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => new TieredSignatureCache(Store, new()
        {
            Durability = (StoreDurability)7,
            ReadTimeout = TimeSpan.Zero,
            WriteTimeout = TimeSpan.FromHours(1),
            WriteDelay = TimeSpan.FromTicks(-1),
            MaxBatchSize = 0,
            MaxQueuedChanges = 0,
            MaxQueuedBytes = 0,
            ProbeInterval = TimeSpan.Zero,
            CleanupInterval = TimeSpan.Zero,
            DisposalTimeout = TimeSpan.FromTicks(-1),
            MaxKnownConversations = 2,
        }));

        Assert.Equal("options", fault.ParamName);
        Assert.Equal(11, fault.Message.Split(" must be ").Length - 1);
    }
}
