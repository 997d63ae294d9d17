using System.Diagnostics;
using System.Globalization;
using FastSignatureCache.Redis.Connections;
using FastSignatureCache.Redis.Tests.Support;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Redis.Tests.Connections;

/// <summary>What a store does while its server does not, on servers of their own and by the real clock.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(300);

    // What a busy machine may add to the timeout before the caller is running again.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_server_that_was_killed_fails_calls_at_once_and_is_used_again_when_it_is_back()
    {
        await using var server = await RedisProcess.StartAsync();
        await using var store = Open(server);
        await store.PutAsync(Numbered(1));
        await server.KillAsync();

        await FailUntilOpenAsync(store);
        await server.StartAgainAsync();
        await RecoverAsync(store, "killed and started again");

        AssertSame([Numbered(2)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_costs_the_timeout_and_then_nothing_until_it_does()
    {
        await using var server = await RedisProcess.StartAsync();
        await using var store = Open(server);
        await store.PutAsync(Numbered(1));
        await server.PauseAsync();

        await FailUntilOpenAsync(store);
        await server.ResumeAsync();
        await RecoverAsync(store, "stopped and continued");

        AssertSame([Numbered(1), Numbered(2)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_store_may_be_there_before_its_server()
    {
        var port = RedisProcess.FreePort();
        await using var store = Open($"127.0.0.1:{port}");
        await FailUntilOpenAsync(store);

        await using var server = await RedisProcess.StartAsync(port, []);
        await RecoverAsync(store, "started after the store");

        AssertSame([Numbered(2)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_put_that_was_given_up_does_not_undo_a_later_removal()
    {
        await using var server = await RedisProcess.StartAsync();
        await using var store = Open(server);
        await store.GetAsync("conversation");
        await server.PauseAsync();
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => store.PutAsync(Numbered(1)));
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => store.RemoveAsync([Numbered(1).Key], TestStores.Ended).AsTask());
        await server.ResumeAsync();
        await RecoverAsync(store, "stopped with a put and a removal on their way");

        AssertSame([Numbered(2)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_and_says_nothing_about_the_server()
    {
        await using var server = await RedisProcess.StartAsync();
        await using var store = Open(server);
        await store.GetAsync("conversation");
        await server.PauseAsync();
        for (var i = 0; i < 10; i++)
        {
            using var cancelling = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.GetAsync(["conversation"], cancelling.Token).AsTask());
        }

        await server.ResumeAsync();
        Assert.Empty(await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_server_that_is_still_loading_or_read_only_is_tried_again_and_one_that_refuses_is_not()
    {
        Assert.True(Resilience.IsPassing(Refusal(RedisErrorKind.Loading)));
        Assert.True(Resilience.IsPassing(Refusal(RedisErrorKind.ReadOnly)));
        Assert.False(Resilience.IsPassing(Refusal(RedisErrorKind.OutOfMemory)));
        Assert.False(Resilience.IsOutage(Refusal(RedisErrorKind.NoPermission)));
        Assert.False(Resilience.IsOutage(null));

        // A replica without its primary refuses writes for good, so that each call comes to the end of its attempts.
        await using var replica = await RedisProcess.StartAsync("--replicaof", "127.0.0.1", $"{RedisProcess.FreePort()}");
        await using var store = TestStores.Open(replica.Endpoint, TestStores.Prefix());
        var failure = await Assert.ThrowsAnyAsync<RedisException>(() => store.PutAsync(Numbered(1)));
        Assert.True(Resilience.IsPassing(failure), failure.ToString());

        static RedisServerException Refusal(RedisErrorKind kind) => new(kind, CommandFlags.None, "refused");
    }

    /// <summary>A host that stops is killed when it takes too long.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposal_waits_neither_for_a_server_that_does_not_answer_nor_for_a_connection_that_is_being_made(bool isConnected)
    {
        await using var server = await RedisProcess.StartAsync();
        var store = new RedisSignatureStore(new()
        {
            ConnectionString = server.Endpoint + ",connectTimeout=60000",
            OperationTimeout = TimeSpan.FromMinutes(1),
        });
        if (isConnected)
        {
            await store.GetAsync("conversation");
        }

        await server.PauseAsync();
        var connecting = store.ConnectAsync(TestStores.Ended);
        Assert.Equal(isConnected, connecting.IsCompleted);

        await store.DisposeAsync().AsTask().WaitAsync(Recovery, TestStores.Ended);
    }

    private static RedisSignatureStore Open(RedisProcess server) => Open(server.Endpoint);

    private static RedisSignatureStore Open(string endpoint) =>
        new(new() { ConnectionString = endpoint, OperationTimeout = Timeout });

    private static async Task FailUntilOpenAsync(RedisSignatureStore store)
    {
        for (var i = 0; ; i++)
        {
            var (failure, duration) = await TryAsync(() => store.GetAsync("conversation"));
            Assert.NotNull(failure);
            Assert.InRange(duration, TimeSpan.Zero, Timeout + Tolerance);
            if (failure is BrokenCircuitException)
            {
                TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"Measured: Redis gone, {i} calls failed, the next at once, after {duration.TotalMilliseconds:f2} ms"));
                break;
            }

            Assert.InRange(i, 0, 20);
        }
    }

    private static async Task RecoverAsync(RedisSignatureStore store, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while ((await TryAsync(() => store.PutAsync(Numbered(2)))).Failure is { } failure)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Recovery, failure.ToString());
            // An open circuit fails at once, and has nothing to wait for.
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestStores.Ended);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Measured: Redis {what}, used again after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:f0} ms"));
    }

    private static async Task<(Exception? Failure, TimeSpan Duration)> TryAsync(Func<Task> call)
    {
        var began = Stopwatch.GetTimestamp();
        var failure = await Record.ExceptionAsync(call);
        return (failure, Stopwatch.GetElapsedTime(began));
    }
}
