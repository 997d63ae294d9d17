using FastSignatureCache.Redis.Tests.Support;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace FastSignatureCache.Redis.Tests.Support;

/// <summary>One server for all tests that do it no harm, and a connection past the store. Each test has a prefix of its own.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private RedisProcess? _process;
    private ConnectionMultiplexer? _connection;

    public string Endpoint => _process!.Endpoint;

    public IDatabase Database => _connection!.GetDatabase();

    public ISubscriber Subscriber => _connection!.GetSubscriber();

    public async ValueTask InitializeAsync()
    {
        _process = await RedisProcess.StartAsync();
        _connection = await ConnectionMultiplexer.ConnectAsync(Endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection!.DisposeAsync();
        await _process!.DisposeAsync();
    }
}
