using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Redis;
using FastSignatureCache.Sqlite;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Gateway.Storage;

/// <summary>Makes the cache with the store that the settings ask for: the one place that knows which stores there are.</summary>
internal static class SignatureStores
{
    // With the two seconds that requests have to end, a stop stays within the ten that container platforms allow.
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    public static string DatabaseIn(string folder) => Path.Combine(folder, "signatures.db");

    /// <summary>Makes the cache. Whoever holds it disposes of it, asynchronously where it has a store.</summary>
    public static ISignatureCache CreateCache(IServiceProvider services, GatewayOptions options, SignaturePlace place)
    {
        var timeProvider = services.GetRequiredService<TimeProvider>();
        return (options.Store.Redis, place.Folder) switch
        {
            (not null, _) => Over(services.GetRequiredService<RedisSignatureStore>()),
            (null, { } folder) => Over(new SqliteSignatureStore(
                FileOptionsOf(options.Store, folder), timeProvider, services.GetService<ILogger<SqliteSignatureStore>>())),
            _ => new SignatureCache(options.Cache, timeProvider, services.GetService<ILogger<SignatureCache>>()),
        };

        TieredSignatureCache Over(ISignatureStore store) => new(
            store, CacheOptionsOf(options.Store), options.Cache, timeProvider, services.GetService<ILogger<TieredSignatureCache>>());
    }

    private static SqliteStoreOptions FileOptionsOf(StoreOptions store, string folder) => new()
    {
        DatabasePath = DatabaseIn(folder),
        MaxBytes = store.MaxBytes,
    };

    private static TieredSignatureCacheOptions CacheOptionsOf(StoreOptions store) => new()
    {
        Durability = store.Durability,
        ReadTimeout = store.ShareOfTimeout(),
        WriteTimeout = store.ShareOfTimeout(),
        DisposalTimeout = FlushTimeout,
    };
}
