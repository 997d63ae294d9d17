using System.Globalization;
using FastSignatureCache.Redis.Connections;
using FastSignatureCache.Redis.Entries;
using StackExchange.Redis;

namespace FastSignatureCache.Redis.Commands;

/// <summary>Removes everything of a store, and nothing else: walks the keys of every primary server for the prefix.</summary>
internal sealed class Clearing(RoundTrips trips, KeySpace keys)
{
    private const int KeysAtOnce = 1_000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var servers = await trips.MakeAsync(PrimariesAsync, cancellationToken).ConfigureAwait(false);
        foreach (var server in servers)
        {
            var cursor = "0";
            do
            {
                var page = await trips.MakeAsync(connected => ScanAsync(connected, server, cursor), cancellationToken).ConfigureAwait(false);
                cursor = (string)page[0]!;
                var found = (RedisKey[])page[1]!;
                if (found.Length > 0)
                {
                    await trips.MakeAsync(connected => RemoveAsync(connected, found), cancellationToken).ConfigureAwait(false);
                }
            }
            while (cursor != "0");
        }
    }

    // All of them, reachable or not: what is left out would not be cleared.
    private static async Task<IServer[]> PrimariesAsync(ConnectionMultiplexer connected)
    {
        var servers = connected.GetServers();
        if (servers.FirstOrDefault(static server => server.IsConnected) is not { } any)
        {
            throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "No server is connected.");
        }

        if (any.ServerType == ServerType.Cluster)
        {
            var nodes = await any.ClusterNodesAsync().ConfigureAwait(false);
            return [.. nodes!.Nodes.Where(static node => node.Slots.Count > 0).Select(node => connected.GetServer(node.EndPoint!))];
        }

        IServer[] primaries = [.. servers.Where(static server => server is { IsConnected: true, IsReplica: false })];
        return primaries.Length > 0
            ? primaries
            : throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "No primary server is connected.");
    }

    private async Task<RedisResult[]> ScanAsync(ConnectionMultiplexer connected, IServer server, string cursor)
    {
        var page = await server.ExecuteAsync(
            connected.GetDatabase().Database,
            "SCAN",
            [cursor, "MATCH", keys.Pattern, "COUNT", KeysAtOnce.ToString(CultureInfo.InvariantCulture)]).ConfigureAwait(false);
        return (RedisResult[])page!;
    }

    // One by one, because each may be of another slot; the client sends them together.
    private static Task<bool[]> RemoveAsync(ConnectionMultiplexer connected, RedisKey[] found)
    {
        var database = connected.GetDatabase();
        return Task.WhenAll(found.Select(key => database.KeyDeleteAsync(key)));
    }
}
