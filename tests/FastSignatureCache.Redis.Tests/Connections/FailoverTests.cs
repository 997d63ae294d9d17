using System.Diagnostics;
using System.Globalization;
using FastSignatureCache.Redis.Tests.Support;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Redis.Tests.Connections;

/// <summary>Servers lose a primary while a store writes to them.</summary>
public sealed class FailoverTests
{
    // Of the servers' own, to find out and to vote, and of a busy machine's.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_killed_primary_of_a_cluster_is_replaced_and_what_was_replicated_is_there() =>
        await RunAsync("Redis cluster", await RedisCluster.StartAsync(hasReplicas: true));

    [Fact]
    public async Task A_killed_primary_of_sentinels_is_replaced_and_what_was_replicated_is_there() =>
        await RunAsync("Redis sentinels", await RedisSentinels.StartAsync());

    private static async Task RunAsync(string name, IReplicatedRedis started)
    {
        await using var redis = started;
        await using var store = new RedisSignatureStore(new() { ConnectionString = redis.ConnectionString });
        await store.ConnectAsync(TestStores.Ended);
        string[] conversations = [.. Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"conversation {i}"))];
        await store.PutAsync([.. conversations.Select(conversation => Numbered(1, conversation))]);
        await redis.ReplicateAsync();

        await redis.KillPrimaryAsync();
        var began = Stopwatch.GetTimestamp();
        var failures = 0;
        for (var left = conversations.ToList(); left.Count > 0;)
        {
            var failure = await Record.ExceptionAsync(() => store.PutAsync(Numbered(2, left[^1])));
            if (failure is null)
            {
                left.RemoveAt(left.Count - 1);
                continue;
            }

            failures++;
            Assert.True(Stopwatch.GetElapsedTime(began) < Recovery, failure.ToString());
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestStores.Ended);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Measured: {name} without a primary, written to again after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:f0} ms ({failures} failures)"));
        AssertSame(
            conversations.SelectMany(conversation => new[] { Numbered(1, conversation), Numbered(2, conversation) }),
            await store.GetAsync(conversations));
        Assert.Equal(conversations.Length * 2, (await store.GetNewestAsync()).Count);
    }
}
