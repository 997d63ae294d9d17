using System.Diagnostics;
using System.Globalization;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Support;
using FastSignatureCache.Redis.Tests.Support;

namespace FastSignatureCache.Gateway.Tests.Storage;

/// <summary>What a gateway with default timeouts does to its clients while Redis is gone, silent or slow.</summary>
public sealed class RedisOutageTests(ITestOutputHelper output)
{
    private const string Secret = "a secret that all gateways have";
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    // The long form, as of all tests that make things crash.
    private static readonly TimeSpan Outage =
        TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("FSC_KILLS") is { Length: > 0 } ? 30 : 2);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("killed")]
    [InlineData("paused")]
    [InlineData("slow")]
    public async Task No_request_fails_few_wait_and_then_none_until_it_is_back(string trouble)
    {
        await using var redis = await RedisProcess.StartAsync("--appendonly", "yes");
        await using var proxy = new SlowProxy(redis.Port);
        await using var upstream = await UpstreamEmulator.StartAsync(cancellationToken: Ended);
        var endpoint = trouble == "slow" ? proxy.Endpoint : redis.Endpoint;
        await using var gateway = await StartAsync(upstream, endpoint);
        await using var bare = await RunningGateway.StartAsync(upstream.BaseAddress);
        await using var load = new SteadyLoad(gateway.BaseAddress);
        await using var bareLoad = new SteadyLoad(bare.BaseAddress);
        await using var waits = new StoreWaits(gateway.Cache);
        await Task.WhenAll(load.PassAsync(200), bareLoad.PassAsync(200));

        var calm = Stopwatch.GetTimestamp();
        await Task.Delay(Calm, Ended);
        await UntilWellAsync(gateway);
        var begin = Stopwatch.GetTimestamp();
        await (trouble switch
        {
            "killed" => redis.KillAsync(),
            "paused" => redis.PauseAsync(),
            _ => SlowDownAsync(Slowness),
        });
        while (!gateway.Cache.GetMetrics().IsStoreDegraded)
        {
            await Task.Delay(1, Ended);
        }

        // Each of these reads or writes, so that both are known to be in trouble.
        await load.PassAsync(20);
        var open = Stopwatch.GetTimestamp();
        var (loads, count) = (gateway.Cache.GetMetrics().StoreLoads, load.Timings.Count);
        await Task.Delay(Outage, Ended);
        var (loadsWhenOpen, countWhenOpen) = (gateway.Cache.GetMetrics().StoreLoads - loads, load.Timings.Count - count);

        var end = Stopwatch.GetTimestamp();
        await (trouble switch
        {
            "killed" => redis.StartAgainAsync(),
            "paused" => redis.ResumeAsync(),
            _ => SlowDownAsync(TimeSpan.Zero),
        });
        var back = Stopwatch.GetTimestamp();
        await UntilWellAsync(gateway);
        var well = Stopwatch.GetTimestamp();
        await Task.Delay(Calm, Ended);
        var last = Stopwatch.GetTimestamp();
        await load.EndAsync();
        await bareLoad.EndAsync();

        Report("before", calm, begin);
        Report("first moments", begin, open);
        Report("open", open, end);
        Report("back", well, last);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Measured: Redis {trouble} for {Outage.TotalSeconds:f0} s, no request waits: {countWhenOpen} requests, {loadsWhenOpen} reads; used again after {Stopwatch.GetElapsedTime(back, well).TotalMilliseconds:f0} ms"));
        Assert.Equal(0, loadsWhenOpen);
        Assert.NotEqual(0, countWhenOpen);
        Assert.Empty(load.Refusals);
        Assert.Equal(0, gateway.Cache.GetMetrics().StoreDrops);
        await waits.DisposeAsync();
        await AssertIsSharedAgainAsync(upstream, gateway, redis);

        Task SlowDownAsync(TimeSpan delay)
        {
            proxy.Delay = delay;
            return Task.CompletedTask;
        }

        // p50/p99/max: of what the store adds by itself, and of whole requests beside those of a gateway that has no store.
        void Report(string phase, long from, long to) => output.WriteLine(
            $"Measured: Redis {trouble}, {phase}: a request waits {waits.Timings.Between(from, to)}, takes {load.Timings.Between(from, to)}, without a store {bareLoad.Timings.Between(from, to)}");
    }

    private static async Task UntilWellAsync(RunningGateway gateway)
    {
        while (gateway.Cache.GetMetrics().IsStoreDegraded)
        {
            await Task.Delay(5, Ended);
        }
    }

    // What one keeps, another finds that has seen nothing of it.
    private static async Task AssertIsSharedAgainAsync(UpstreamEmulator upstream, RunningGateway gateway, RedisProcess redis)
    {
        await using var other = await StartAsync(upstream, redis.Endpoint, TimeSpan.FromMinutes(1));
        using var conversation = new StoredConversation();
        await conversation.StepAsync(gateway.BaseAddress);
        // A write may take longer than the client waits for it. The end of a gateway waits for all of them.
        await gateway.DisposeAsync();
        while (!conversation.IsOver)
        {
            await conversation.StepAsync(other.BaseAddress);
        }

        Assert.Empty(conversation.Refusals);
    }

    private static Task<RunningGateway> StartAsync(UpstreamEmulator upstream, string endpoint, TimeSpan? timeout = null) =>
        RunningGateway.StartAsync(upstream.BaseAddress, options =>
        {
            options.Store.Redis = endpoint;
            options.Store.Timeout = timeout;
            options.Restoration.Secret = Secret;
        });
}
