using System.Diagnostics;
using System.Globalization;
using FastSignatureCache.Durability.Load;
using FastSignatureCache.Durability.Sites;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Support;
using FastSignatureCache.Redis.Tests.Support;

namespace FastSignatureCache.Durability;

/// <summary>Servers with replicas lose a primary while a gateway on them is under load.</summary>
public sealed class RedisFailoverTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Seed = 20261125;
    private const int Clients = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly MovingHandler _way = new();
    private readonly Random _random = new(Seed);
    private readonly Lock _sync = new();
    private int _talks;
    private bool _isEnough;
    private HttpClient _http = null!;
    private UpstreamEmulator _upstream = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _http = _way.CreateClient();
        _upstream = await UpstreamEmulator.StartAsync(new EmulatorOptions { RecordRequests = true }, Ended);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _way.Dispose();
        await _upstream.DisposeAsync();
    }

    /// <summary>Three primaries, each with a replica.</summary>
    [Fact]
    public async Task No_request_fails_and_what_was_kept_before_and_after_the_failover_of_a_cluster_is_there() =>
        await RunAsync("Redis cluster", await RedisCluster.StartAsync(hasReplicas: true));

    /// <summary>One primary with a replica, watched by three sentinels.</summary>
    [Fact]
    public async Task No_request_fails_and_what_was_kept_before_and_after_the_failover_by_sentinels_is_there() =>
        await RunAsync("Redis sentinels", await RedisSentinels.StartAsync());

    private async Task RunAsync(string name, IReplicatedRedis started)
    {
        await using var redis = started;
        await using var site = Site(redis);
        await site.StartAsync();
        _way.Target = site.Gateways[0];

        var before = await TalkAsync(2);
        await redis.ReplicateAsync();
        var loading = TalkUntilEnoughAsync();
        await UntilTalksAsync(before.Count + 12);
        await redis.KillPrimaryAsync();
        var killed = Stopwatch.GetTimestamp();
        await redis.TakeOverAsync();
        var tookOver = Stopwatch.GetElapsedTime(killed);
        await UntilTalksAsync(_talks + 16);
        Volatile.Write(ref _isEnough, true);
        var during = await loading;

        // It holds nothing in memory: what comes back has been in Redis. And it is not asked before the first one has written what it
        // could not write meanwhile.
        await using var fresh = Site(redis);
        await fresh.StartAsync();
        await UntilKeptAgainAsync(site.Gateways[0], fresh.Gateways[0]);
        var recovered = Stopwatch.GetElapsedTime(killed);
        _way.Target = site.Gateways[0];
        var after = await TalkAsync(2);

        _way.Target = fresh.Gateways[0];
        var replays = new Replays(_upstream);
        var (ofBefore, ofDuring, ofAfter) = (await replays.CheckAsync(before), await replays.CheckAsync(during), await replays.CheckAsync(after));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Measured: {name}, primary killed under load: replica took over after {tookOver.TotalMilliseconds:f0} ms, kept again after {recovered.TotalMilliseconds:f0} ms; conversations={_talks}, restored/lost before {ofBefore.Restored}/{ofBefore.Lost}, during {ofDuring.Restored}/{ofDuring.Lost}, after {ofAfter.Restored}/{ofAfter.Lost}"));
        Assert.Empty(before.Concat(during).Concat(after).Select(talk => talk.Refusal).OfType<string>());
        Assert.All(before.Concat(during).Concat(after), talk => Assert.True(talk.IsOver));
        Assert.Equal((0, 0), (ofBefore.Lost, ofAfter.Lost));
        Assert.Equal((0, 0, 0), (ofBefore.Wrong, ofDuring.Wrong, ofAfter.Wrong));
        Assert.True(ofBefore.Restored > 0 && ofAfter.Restored > 0, "The load has hardly any signatures.");
    }

    // Generous, since this machine may be busy with other things.
    private GatewaySite Site(IReplicatedRedis redis) =>
        new(_upstream.BaseAddress, 1, "--redis", redis.ConnectionString, "--store-timeout", "20s") { Secret = "a secret that all gateways have" };

    private async Task UntilTalksAsync(int talks)
    {
        while (Volatile.Read(ref _talks) < talks)
        {
            await Task.Delay(Pause, Ended);
        }
    }

    private async Task<List<Talk>> TalkUntilEnoughAsync()
    {
        List<Talk> talks = [];
        while (!Volatile.Read(ref _isEnough))
        {
            talks.AddRange(await TalkAsync(1));
        }

        return talks;
    }

    /// <summary>Some conversations of each kind of client, all kinds at once, each to its end.</summary>
    private async Task<List<Talk>> TalkAsync(int ofEach)
    {
        var talks = Enumerable.Range(0, Clients * ofEach).Select(_ => Begin()).ToList();
        await Parallel.ForEachAsync(talks, new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = Ended }, async (talk, _) =>
        {
            while (!talk.IsOver)
            {
                Assert.True(await talk.StepAsync(), talk.Refusal ?? "No whole answer came.");
            }
        });
        return talks;
    }

    // One after the other, each to its end through one gateway and then looked for through the other, until all of one is there.
    private async Task UntilKeptAgainAsync(Uri writing, Uri reading)
    {
        var replays = new Replays(_upstream);
        for (var lost = 1; lost > 0;)
        {
            _way.Target = writing;
            var talks = await TalkAsync(1);
            _way.Target = reading;
            lost = (await replays.CheckAsync(talks)).Lost;
        }
    }

    private Talk Begin()
    {
        lock (_sync)
        {
            return new Talk(_http, _talks++, _random);
        }
    }
}
