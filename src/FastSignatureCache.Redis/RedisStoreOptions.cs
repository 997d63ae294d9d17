using FastSignatureCache.Redis.Connections;
using StackExchange.Redis;

namespace FastSignatureCache.Redis;

/// <summary>The settings of a <see cref="RedisSignatureStore"/>. All are checked together, and all faults are named at once.</summary>
public sealed class RedisStoreOptions
{
    /// <summary>
    /// Where the servers are and how to log in, in the form of StackExchange.Redis: endpoints and settings with commas between them, such as
    /// <c>redis-1:6379,redis-2:6379,user=gateway,password=...,ssl=true</c>. Any one node of a cluster will do, several are safer. With
    /// <c>serviceName=...</c> the endpoints are those of sentinels. A URL will do too: <c>redis://user:password@host:port/database</c>, or
    /// <c>rediss://</c> for TLS. It is never logged and never part of a message. The default value is <c>localhost:6379</c>.
    /// </summary>
    /// <remarks>
    /// A user needs the keys and channels with <see cref="KeyPrefix"/> (<c>~fsc:* &amp;fsc:*</c>) and these commands: hello, auth, ping, echo, info,
    /// client, cluster, config|get, eval, evalsha, script|load, hset, hget, hgetall, hkeys, hdel, hrandfield, pexpiretime, pexpireat, zadd, zrange,
    /// zrem, zrevrangebyscore, scan, unlink, spublish, ssubscribe, sunsubscribe, subscribe. A server needs them too, and Lua's <c>struct</c> in its scripts.
    /// Redis has them since version 7.0, which is what the tests run. Valkey was not tried. Garnet 2.2.8 does not do: alone it refuses spublish and
    /// ssubscribe, and as a cluster it hands on what was published as <c>message</c> and not as <c>smessage</c>, so that no removal is heard.
    /// </remarks>
    public string ConnectionString { get; set; } = "localhost:6379";

    /// <summary>
    /// Changes the connection's settings before it is made, where the connection string can't express something: a client certificate, an
    /// issuer to trust, tokens instead of a password. Called once for each store. The default value is null.
    /// </summary>
    public Action<ConfigurationOptions>? ConfigureConnection { get; set; }

    /// <summary>
    /// What the names of all keys begin with, and that of the channel: stores with the same prefix on the same servers share what they keep. This
    /// value must be 1 to 64 ASCII letters, digits and <c>: . _ - /</c>. The default value is <c>fsc:</c>.
    /// </summary>
    public string KeyPrefix { get; set; } = "fsc:";

    /// <summary>
    /// How long one round trip may take, attempts to repeat it included; then the call fails. Only enumerations and clears take several. This
    /// value must be between 10 milliseconds and 1 minute. The default value is 1 second.
    /// </summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often a round trip is repeated when the connection breaks or the server says that it can't serve just now; never after a timeout. This
    /// value must be between 0 and 10. The default value is 3.
    /// </summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>
    /// How long to wait before the first repetition, at random between half of it and one and a half; before each later one about twice as long.
    /// This value must be between 1 millisecond and 10 seconds. The default value is 50 ms.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Which share of calls must fail within <see cref="BreakerSampling"/> for the circuit to open; from then on calls fail at once. This value must
    /// be greater than 0 and at most 1. The default value is 0.5.
    /// </summary>
    public double BreakerFailureRatio { get; set; } = 0.5;

    /// <summary>
    /// How many calls there must be within <see cref="BreakerSampling"/> before the circuit can open. This value must be between 2 and 10,000.
    /// The default value is 4.
    /// </summary>
    public int BreakerMinimumCalls { get; set; } = 4;

    /// <summary>
    /// How far back calls count for the circuit. This value must be between 500 milliseconds and 10 minutes. The default value is 10 seconds.
    /// </summary>
    public TimeSpan BreakerSampling { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the circuit stays open before one call tries the server again. This value must be between 500 milliseconds and 1 minute. The
    /// default value is 1 second.
    /// </summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Where <see cref="ConnectionString"/> leads, fit to be shown: hosts, with ports where it names any, and never a credential. Endpoints that
    /// stand behind an option are left out, because they can be pieces of a password with a comma in it.
    /// </summary>
    public IReadOnlyList<string> GetEndpoints() => [.. ConnectionSettings.EndpointsOf(ConnectionString)];
}
