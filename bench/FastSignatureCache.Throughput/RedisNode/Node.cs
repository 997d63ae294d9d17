using System.Diagnostics;
using FastSignatureCache.Redis;
using StackExchange.Redis;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>The server that is measured.</summary>
internal sealed class Node : IAsyncDisposable
{
    private const string Prefix = "fsc-bench:";

    // As many as would share a server: each has one connection.
    private const int Gateways = 4;

    private readonly ConnectionMultiplexer _observer;
    private readonly Dictionary<string, string> _changed = [];
    private readonly RedisSignatureStore[] _stores;

    private Node(ConnectionMultiplexer observer, string connection)
    {
        _observer = observer;

        // Saturation is what is looked for, so nothing may give up because of it.
        _stores =
        [
            .. Enumerable.Range(0, Gateways).Select(_ => new RedisSignatureStore(
                new() { ConnectionString = connection, KeyPrefix = Prefix, OperationTimeout = TimeSpan.FromSeconds(30) })),
        ];
    }

    public IDatabase Database => _observer.GetDatabase();

    private IServer Server => _observer.GetServers().Single();

    public static async Task<Node> ConnectAsync(string connection)
    {
        var settings = ConfigurationOptions.Parse(connection);
        (settings.AllowAdmin, settings.AsyncTimeout) = (true, 60_000);
        var node = new Node(await ConnectionMultiplexer.ConnectAsync(settings).ConfigureAwait(false), connection);
        return await node.Server.DatabaseSizeAsync().ConfigureAwait(false) == 0
            ? node
            : throw new InvalidOperationException("The server is not empty. What it holds would be measured too, and could be somebody's.");
    }

    /// <summary>The store of one of several gateways, for the caller of a number.</summary>
    public RedisSignatureStore StoreOf(int caller) => _stores[caller % Gateways];

    /// <summary>The key of one half of an index.</summary>
    public static RedisKey Index(int number, string half) => $"{Prefix}i:{{{number}}}:{half}";

    /// <summary>The key of a conversation's hash.</summary>
    public static RedisKey Conversation(string digest) => $"{Prefix}c:{{{digest}}}";

    public async Task<NodeReading> ReadAsync()
    {
        var sections = await Server.InfoAsync("everything").ConfigureAwait(false);
        return new(sections.SelectMany(static section => section).DistinctBy(static line => line.Key).ToDictionary());
    }

    /// <summary>Reads the server before and after something that makes a number of requests.</summary>
    public async Task<Measured> MeasureAsync(Func<Task<long>> make)
    {
        var (before, start) = (await ReadAsync().ConfigureAwait(false), Stopwatch.GetTimestamp());
        var requests = await make().ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new(requests, elapsed, before, await ReadAsync().ConfigureAwait(false));
    }

    /// <summary>Changes a setting of the server; it is put back at the end.</summary>
    public async Task ConfigureAsync(string name, string value)
    {
        if (!_changed.ContainsKey(name))
        {
            _changed[name] = (await Server.ConfigGetAsync(name).ConfigureAwait(false)).Single().Value;
        }

        await Server.ConfigSetAsync(name, value).ConfigureAwait(false);
    }

    public Task<RedisResult> ExecuteAsync(string command, params object[] arguments) => Server.ExecuteAsync(command, arguments);

    /// <summary>Looks at the server at an interval until something is so.</summary>
    public async Task<NodeReading> WaitAsync(Func<NodeReading, bool> isReached, TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval);
        while (true)
        {
            var reading = await ReadAsync().ConfigureAwait(false);
            if (isReached(reading))
            {
                return reading;
            }

            await timer.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Removes what was put, and waits until the memory is free.</summary>
    public async Task EmptyAsync()
    {
        await _stores[0].ClearAsync(CancellationToken.None).ConfigureAwait(false);
        await WaitAsync(static reading => reading["lazyfree_pending_objects"] == 0, TimeSpan.FromMilliseconds(50)).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await EmptyAsync().ConfigureAwait(false);
        foreach (var (name, value) in _changed)
        {
            await Server.ConfigSetAsync(name, value).ConfigureAwait(false);
        }

        foreach (var store in _stores)
        {
            await store.DisposeAsync().ConfigureAwait(false);
        }

        await _observer.DisposeAsync().ConfigureAwait(false);
    }
}
