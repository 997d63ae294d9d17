using System.Diagnostics;
using FastSignatureCache.Redis.Tests.Support;
using Polly.CircuitBreaker;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Redis.Tests.Connections;

/// <summary>What a store does while its server does not, on servers of their own and by the real clock.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(300);

    // What a busy machine may add to the timeout before the caller is running again.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);
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

    private static RedisSignatureStore Open(RedisProcess server) => Open(server.Endpoint);

    private static RedisSignatureStore Open(string endpoint) =>
        new(new() { ConnectionString = endpoint, OperationTimeout = Timeout });

    private static async Task FailUntilOpenAsync(RedisSignatureStore store)
    {
        for (var i = 0; ; i++)
        {
            var (failure, duration) = await TryAsync(() => store.GetAsync("conversation"));
            TestContext.Current.TestOutputHelper!.WriteLine($"{i}: {duration.TotalMilliseconds} {failure?.GetType().Name} {failure?.Message}");
            Assert.NotNull(failure);
            Assert.InRange(duration, TimeSpan.Zero, Timeout + Tolerance);
            if (failure is BrokenCircuitException)
            {
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

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"Measured: Redis {what}, used again after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:f0} ms");
    }

    private static async Task<(Exception? Failure, TimeSpan Duration)> TryAsync(Func<Task> call)
    {
        var began = Stopwatch.GetTimestamp();
        var failure = await Record.ExceptionAsync(call);
        return (failure, Stopwatch.GetElapsedTime(began));
    }
}
