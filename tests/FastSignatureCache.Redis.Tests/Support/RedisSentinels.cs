namespace FastSignatureCache.Redis.Tests.Support;

/// <summary>A primary and its replica on loopback, and three sentinels that watch them.</summary>
internal sealed class RedisSentinels : IReplicatedRedis
{
    private const string Service = "signatures";
    private const int Sentinels = 3;

    // Of three. One alone must not decide.
    private const int Quorum = 2;

    private readonly List<RedisProcess> _servers = [];
    private readonly List<RedisProcess> _sentinels = [];

    private RedisSentinels()
    {
    }

    public string ConnectionString => $"{string.Join(',', _sentinels.Select(sentinel => sentinel.Endpoint))},serviceName={Service}";

    private RedisProcess Primary => _servers[0];

    private RedisProcess Replica => _servers[1];

    public static async Task<RedisSentinels> StartAsync()
    {
        var started = new RedisSentinels();
        try
        {
            await started.FormAsync();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public Task ReplicateAsync() => Primary.ReplicateAsync();

    public Task KillPrimaryAsync() => Primary.KillAsync();

    /// <summary>Has the replica take the place of a primary that is well and becomes its replica.</summary>
    public Task SwitchAsync() => _sentinels[0].CommandAsync("SENTINEL", "FAILOVER", Service);

    public async Task TakeOverAsync()
    {
        await Replica.UntilAsync("ROLE", "master");
        foreach (var sentinel in _sentinels)
        {
            await sentinel.UntilAsync($"SENTINEL GET-MASTER-ADDR-BY-NAME {Service}", $"{Replica.Port}");
        }
    }

    /// <summary>Waits until what was the primary is a replica that has all.</summary>
    public Task GiveWayAsync() => Primary.UntilAsync("INFO replication", "master_link_status:up");

    public Task KillSentinelsAsync() => Task.WhenAll(_sentinels.Select(sentinel => sentinel.KillAsync()));

    /// <summary>Leaves one sentinel, which alone can't have the replica take over.</summary>
    public Task KillMostSentinelsAsync() => Task.WhenAll(_sentinels.Skip(1).Select(sentinel => sentinel.KillAsync()));

    public Task PauseSentinelsAsync() => Task.WhenAll(_sentinels.Select(sentinel => sentinel.PauseAsync()));

    /// <summary>Starts sentinels that were killed. They know of each other, and of the servers, what they knew.</summary>
    public Task StartSentinelsAgainAsync() => Task.WhenAll(_sentinels.Select(sentinel => sentinel.StartAgainAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _sentinels.Concat(_servers))
        {
            await process.DisposeAsync();
        }
    }

    private async Task FormAsync()
    {
        _servers.Add(await RedisProcess.StartAsync("--repl-diskless-sync-delay", "0"));
        _servers.Add(await RedisProcess.StartAsync("--repl-diskless-sync-delay", "0", "--replicaof", "127.0.0.1", $"{Primary.Port}"));
        // A sentinel asks a primary for its replicas every ten seconds only.
        await Replica.UntilAsync("INFO replication", "master_link_status:up");
        for (var i = 0; i < Sentinels; i++)
        {
            _sentinels.Add(await RedisProcess.StartSentinelAsync(
                $"sentinel monitor {Service} 127.0.0.1 {Primary.Port} {Quorum}",
                $"sentinel down-after-milliseconds {Service} 500",
                // An election that nobody has won is held again after twice that.
                $"sentinel failover-timeout {Service} 1000"));
        }

        foreach (var sentinel in _sentinels)
        {
            await sentinel.UntilAsync("INFO sentinel", $"status=ok,address={Primary.Endpoint},slaves=1,sentinels={Sentinels}");
        }
    }
}
