using FastSignatureCache.Redis.Tests.Support;

namespace FastSignatureCache.Durability.Sites;

/// <summary>Gateways on one Redis that makes each write safe before it answers. A gateway crashes, or everything at once.</summary>
internal sealed class RedisSite : ISite
{
    private const int OneInSoManyIsEverything = 4;

    private readonly RedisProcess _redis;
    private readonly GatewaySite _gateways;

    private RedisSite(RedisProcess redis, GatewaySite gateways) => (_redis, _gateways) = (redis, gateways);

    public IReadOnlyList<Uri> Gateways => _gateways.Gateways;

    /// <summary>How often everything crashed.</summary>
    public int Blackouts { get; private set; }

    public static async Task<RedisSite> CreateAsync(Uri upstream, int gateways, params string[] arguments)
    {
        var redis = await RedisProcess.StartAsync("--appendonly", "yes", "--appendfsync", "always");
        return new(redis, new GatewaySite(upstream, gateways, ["--redis", redis.Endpoint, .. arguments])
        {
            Secret = "a secret that all gateways have",
        });
    }

    public async Task StartAsync()
    {
        await _redis.StartAgainAsync();
        await _gateways.StartAsync();
    }

    public async Task CrashAsync(Random random)
    {
        if (random.Next(OneInSoManyIsEverything) > 0)
        {
            await _gateways.CrashAsync(random);
            return;
        }

        // The gateways first: what they let through while there is no Redis is in their memory only, and promised to nobody.
        await _gateways.CrashAllAsync();
        await _redis.KillAsync();
        Blackouts++;
    }

    public async ValueTask DisposeAsync()
    {
        await _gateways.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
