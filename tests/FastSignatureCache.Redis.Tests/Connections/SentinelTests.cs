using System.Diagnostics;
using FastSignatureCache.Redis.Tests.Support;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Redis.Tests.Connections;

/// <summary>A store that is led to its server by sentinels, which are not always there, nor always right.</summary>
public sealed class SentinelTests : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(20);
    private RedisSentinels _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisSentinels.StartAsync();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task A_store_may_be_there_before_its_sentinels()
    {
        await _redis.KillSentinelsAsync();
        await using var store = Open();
        await store.ConnectAsync(TestStores.Ended);
        await Assert.ThrowsAnyAsync<Exception>(() => store.PutAsync(Numbered(1)));

        await _redis.StartSentinelsAgainAsync();
        await UntilDoneAsync(() => store.PutAsync(Numbered(1)));

        AssertSame([Numbered(1)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_store_may_begin_while_there_is_no_primary()
    {
        // Else the replica might have taken over before the store asks.
        await _redis.KillMostSentinelsAsync();
        await _redis.KillPrimaryAsync();
        await using var store = Open();
        await store.ConnectAsync(TestStores.Ended);
        await Assert.ThrowsAnyAsync<Exception>(() => store.PutAsync(Numbered(1)));

        await _redis.StartSentinelsAgainAsync();
        await _redis.TakeOverAsync();
        await UntilDoneAsync(() => store.PutAsync(Numbered(1)));

        AssertSame([Numbered(1)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_primary_that_becomes_a_replica_is_left_for_the_new_one()
    {
        await using var store = Open();
        await UntilDoneAsync(() => store.PutAsync(Numbered(1)));
        await _redis.SwitchAsync();
        await _redis.TakeOverAsync();
        // Until then it takes what it loses as a replica.
        await _redis.GiveWayAsync();
        await UntilDoneAsync(() => store.PutAsync(Numbered(2)));

        AssertSame([Numbered(1), Numbered(2)], await store.GetAsync("conversation"));
        await UntilDoneAsync(() => store.ClearAsync(TestStores.Ended).AsTask());
        Assert.Empty(await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task Who_listens_to_removals_is_told_that_some_may_be_missed_and_hears_them_again()
    {
        await using var store = Open();
        await using var other = Open();
        await HearAsync(store, other, Numbered(1).Key);
        var listening = LostAsync(store);
        await _redis.KillPrimaryAsync();
        await listening.WaitAsync(Recovery, TestStores.Ended);
        await _redis.TakeOverAsync();

        await HearAsync(store, other, Numbered(2).Key);
    }

    /// <summary>A host that stops is killed when it takes too long.</summary>
    [Fact]
    public async Task Disposal_does_not_wait_for_sentinels_that_do_not_answer()
    {
        var store = Open();
        await UntilDoneAsync(() => store.PutAsync(Numbered(1)));
        await _redis.PauseSentinelsAsync();

        await store.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(1), TestStores.Ended);
    }

    private RedisSignatureStore Open() => new(new() { ConnectionString = _redis.ConnectionString });

    private static async Task UntilDoneAsync(Func<Task> call)
    {
        var began = Stopwatch.GetTimestamp();
        while (await Record.ExceptionAsync(call) is { } failure)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Recovery, failure.ToString());
            await Task.Delay(Pause, TestStores.Ended);
        }
    }

    private static async Task LostAsync(RedisSignatureStore store) =>
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var _ in store.WatchRemovalsAsync(TestStores.Ended))
            {
            }
        });

    // Listens anew as long as it is refused, and removes as long as nobody has heard: there is no knowing when a watch has begun.
    private static async Task HearAsync(RedisSignatureStore store, RedisSignatureStore other, SignatureKey key)
    {
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(TestStores.Ended);
        heard.CancelAfter(Recovery);
        var listening = Task.Run(
            async () =>
            {
                while (true)
                {
                    try
                    {
                        await foreach (var removal in store.WatchRemovalsAsync(heard.Token))
                        {
                            Assert.Equal(key, removal.Key);
                            return;
                        }
                    }
                    catch (Exception failure) when (failure is not OperationCanceledException)
                    {
                        await Task.Delay(Pause, heard.Token);
                    }
                }
            },
            TestStores.Ended);
        while (!listening.IsCompleted)
        {
            await Record.ExceptionAsync(() => other.RemoveAsync([key], TestStores.Ended).AsTask());
            await Task.Delay(Pause, TestStores.Ended);
        }

        await listening;
    }
}
