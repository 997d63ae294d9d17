using FastSignatureCache.Redis.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedCluster))]

namespace FastSignatureCache.Redis.Tests.Support;

/// <summary>One cluster for all tests that do it no harm. Each test has a prefix of its own.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private RedisCluster? _cluster;

    public string ConnectionString => _cluster!.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _cluster = await RedisCluster.StartAsync();
    }

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();
}
