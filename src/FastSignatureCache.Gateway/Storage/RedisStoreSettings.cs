using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Redis;

namespace FastSignatureCache.Gateway.Storage;

/// <summary>What the store in Redis is told.</summary>
internal static class RedisStoreSettings
{
    private static readonly TimeSpan MinRetryDelay = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MinOperationTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxOperationTimeout = TimeSpan.FromMinutes(1);

    public static RedisStoreOptions Of(StoreOptions store) => new()
    {
        ConnectionString = store.Redis!,

        // What a request waits for, the cache gives up after its share of the timeout. Filling the memory at the start reads a lot at once, and may
        // take longer: nobody waits for it.
        OperationTimeout = Clamp(store.ShareOfTimeout(), MinOperationTimeout, MaxOperationTimeout),

        // 1/10, then 1/5 and 2/5 of the share: all attempts fit into it.
        RetryDelay = Clamp(store.ShareOfTimeout() / 10, MinRetryDelay, MaxRetryDelay),
        MaxRetries = 3,

        // The cache stops asking at its first failure, and then tries once a second. So few failures must do here, and the break must be over at
        // the next attempt.
        BreakerMinimumCalls = 2,
        BreakerSampling = TimeSpan.FromSeconds(2),
        BreakDuration = TimeSpan.FromMilliseconds(500),
    };

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) =>
        value < least ? least : value > most ? most : value;
}
