using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Redis;
using FastSignatureCache.Sqlite;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Gateway.Storage;

/// <summary>Puts the store that the settings ask for under the cache: the one place that knows which stores there are.</summary>
internal static class SignatureStores
{
    // With the two seconds that requests have to end, a stop stays within the ten that container platforms allow.
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    public static string DatabaseIn(string folder) => Path.Combine(folder, "signatures.db");

    /// <summary>Adds the cache, over its store if there is one.</summary>
    public static void AddCache(IServiceCollection services, GatewayOptions options, SignaturePlace place)
    {
        if (options.Store.Redis is not null)
        {
            services.AddSingleton(provider => new RedisSignatureStore(
                RedisStoreSettings.Of(options.Store),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetService<ILogger<RedisSignatureStore>>()));
            // Before the server, which is started last.
            services.AddHostedService<FirstConnection>();
            services.AddSingleton<ISignatureCache>(provider => Over(provider.GetRequiredService<RedisSignatureStore>(), provider, options));
        }
        else if (place.Folder is { } folder)
        {
            services.AddSingleton<ISignatureCache>(provider => Over(
                new SqliteSignatureStore(
                    FileOptionsOf(options.Store, folder),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetService<ILogger<SqliteSignatureStore>>()),
                provider,
                options));
        }
        else
        {
            services.AddSingleton<ISignatureCache>(provider => new SignatureCache(
                options.Cache, provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<SignatureCache>>()));
        }
    }

    // The cache disposes of its store.
    private static TieredSignatureCache Over(ISignatureStore store, IServiceProvider provider, GatewayOptions options) => new(
        store,
        CacheOptionsOf(options.Store),
        options.Cache,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetService<ILogger<TieredSignatureCache>>());

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
