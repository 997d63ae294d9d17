using System.Diagnostics;
using System.Globalization;

namespace FastSignatureCache.Redis.Tests.Support;

/// <summary>A cluster of three primaries on loopback, each with a replica if asked for.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int Primaries = 3;
    private const int Slots = 16_384;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly List<RedisProcess> _nodes = [];

    private RedisCluster()
    {
    }

    /// <summary>The endpoints of all nodes, as a connection string has them.</summary>
    public string Endpoints => string.Join(',', _nodes.Select(node => node.Endpoint));

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

    /// <summary>Ends one of the primaries at once.</summary>
    public Task KillPrimaryAsync(int primary) => _nodes[primary].KillAsync();

    /// <summary>Waits until every primary has a replica that has all it was sent.</summary>
    public async Task ReplicateAsync()
    {
        for (var i = 0; i < Primaries; i++)
        {
            // Not by WAIT, which is about what the same client has written.
            var written = Number(await CommandAsync(i, "INFO", "replication"), "master_repl_offset:");
            while (Number(await CommandAsync(i, "INFO", "replication"), ",offset=") < written)
            {
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>Waits until the replica of a killed primary has taken its place, and every node that is left knows.</summary>
    public async Task TakeOverAsync(int primary)
    {
        while (!(await CommandAsync(primary + Primaries, "ROLE")).StartsWith("master", StringComparison.Ordinal))
        {
            await Task.Delay(Pause);
        }

        for (var i = 0; i < _nodes.Count; i++)
        {
            while (i != primary && !(await CommandAsync(i, "CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal))
            {
                await Task.Delay(Pause);
            }
        }
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
            await CommandAsync(i, "CLUSTER", "SET-CONFIG-EPOCH", $"{i + 1}");
            if (i > 0)
            {
                await CommandAsync(0, "CLUSTER", "MEET", "127.0.0.1", $"{_nodes[i].Port}", bus);
            }
        }

        for (var i = 0; i < Primaries; i++)
        {
            await CommandAsync(i, "CLUSTER", "ADDSLOTSRANGE", $"{i * Slots / Primaries}", $"{((i + 1) * Slots / Primaries) - 1}");
        }

        await UntilAsync("CLUSTER INFO", "cluster_state:ok");
        await UntilAsync("CLUSTER INFO", $"cluster_known_nodes:{nodes}");
        for (var i = Primaries; i < nodes; i++)
        {
            await CommandAsync(i, "CLUSTER", "REPLICATE", await CommandAsync(i - Primaries, "CLUSTER", "MYID"));
        }

        for (var i = Primaries; i < nodes; i++)
        {
            while (!(await CommandAsync(i, "INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal))
            {
                await Task.Delay(Pause);
            }
        }
    }

    private async Task UntilAsync(string command, string expected)
    {
        for (var i = 0; i < _nodes.Count; i++)
        {
            while (!(await CommandAsync(i, command.Split(' '))).Contains(expected, StringComparison.Ordinal))
            {
                await Task.Delay(Pause);
            }
        }
    }

    // What follows a name in an answer; -1 if the name is not there.
    private static long Number(string answer, string name)
    {
        var at = answer.IndexOf(name, StringComparison.Ordinal);
        return at < 0
            ? -1
            : long.Parse(
                string.Concat(answer.Skip(at + name.Length).TakeWhile(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<string> CommandAsync(int node, params string[] command)
    {
        using var client = Process.Start(new ProcessStartInfo("redis-cli", ["-p", $"{_nodes[node].Port}", .. command])
        {
            RedirectStandardOutput = true,
        })!;
        var answer = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return answer.Trim();
    }
}
