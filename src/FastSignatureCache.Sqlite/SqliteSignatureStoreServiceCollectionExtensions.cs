using FastSignatureCache.Sqlite;
using FastSignatureCache.Stores;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the store in a SQLite file.</summary>
public static class SqliteSignatureStoreServiceCollectionExtensions
{
    /// <summary>
    /// Registers one <see cref="SqliteSignatureStore"/> for the whole application, as <see cref="ISignatureStore"/>. It uses the registered
    /// <see cref="TimeProvider"/> if there is one. Settings out of range stop the host at its start, every fault named.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">The services are null.</exception>
    public static IServiceCollection AddSqliteSignatureStore(
        this IServiceCollection services, Action<SqliteStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteStoreOptions>, SqliteStoreOptionsValidator>());
        var options = services.AddOptions<SqliteStoreOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton<ISignatureStore>(static provider => new SqliteSignatureStore(
            provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<SqliteSignatureStore>>()));
        return services;
    }
}
