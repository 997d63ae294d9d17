using System.Globalization;

namespace FastSignatureCache.Redis.Tests.Support;

/// <summary>A cluster of three primaries on loopback, each with a replica if asked for.</summary>
internal sealed class RedisCluster : IReplicatedRedis
{
    private const int Primaries = 3;
    private const int Victim = 1;
    private const int Slots = 16_384;
    private readonly List<RedisProcess> _nodes = [];

    private RedisCluster()
    {
    }

    public string ConnectionString => string.Join(',', _nodes.Select(node => node.Endpoint));

    public static async Task<RedisCluster> StartAsync(bool hasReplicas = false)
    {
        var cluster = new RedisCluster();
        try
        {
            await cluster.FormAsync(hasReplicas ? Primaries * 2 : Primaries);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task KillPrimaryAsync() => _nodes[Victim].KillAsync();

    public Task ReplicateAsync() => Task.WhenAll(_nodes.Take(Primaries).Select(primary => primary.ReplicateAsync()));

    public async Task TakeOverAsync()
    {
        await _nodes[Victim + Primaries].UntilAsync("ROLE", "master");
        await UntilAsync(_nodes.Where((_, i) => i != Victim), "CLUSTER INFO", "cluster_state:ok");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private async Task FormAsync(int nodes)
    {
        for (var i = 0; i < nodes; i++)
        {
            var bus = RedisProcess.FreePort().ToString(CultureInfo.InvariantCulture);
            _nodes.Add(await RedisProcess.StartAsync(
                "--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--cluster-port", bus));
            await _nodes[i].CommandAsync("CLUSTER", "SET-CONFIG-EPOCH", $"{i + 1}");
            if (i > 0)
            {
                await _nodes[0].CommandAsync("CLUSTER", "MEET", "127.0.0.1", $"{_nodes[i].Port}", bus);
            }
        }

        for (var i = 0; i < Primaries; i++)
        {
            await _nodes[i].CommandAsync("CLUSTER", "ADDSLOTSRANGE", $"{i * Slots / Primaries}", $"{((i + 1) * Slots / Primaries) - 1}");
        }

        await UntilAsync(_nodes, "CLUSTER INFO", "cluster_state:ok");
        await UntilAsync(_nodes, "CLUSTER INFO", $"cluster_known_nodes:{nodes}");
        for (var i = Primaries; i < nodes; i++)
        {
            await _nodes[i].CommandAsync("CLUSTER", "REPLICATE", await _nodes[i - Primaries].CommandAsync("CLUSTER", "MYID"));
        }

        await UntilAsync(_nodes.Skip(Primaries), "INFO replication", "master_link_status:up");
    }

    private static async Task UntilAsync(IEnumerable<RedisProcess> nodes, string command, string expected)
    {
        foreach (var node in nodes)
        {
            await node.UntilAsync(command, expected);
        }
    }
}
