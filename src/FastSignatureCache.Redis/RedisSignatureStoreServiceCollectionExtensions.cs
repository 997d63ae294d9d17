using FastSignatureCache.Redis;
using FastSignatureCache.Stores;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the store in Redis.</summary>
public static class RedisSignatureStoreServiceCollectionExtensions
{
    /// <summary>
    /// Registers one <see cref="RedisSignatureStore"/> for the whole application, as <see cref="ISignatureStore"/>. It uses the registered
    /// <see cref="TimeProvider"/> if there is one. Settings out of range stop the host at its start, every fault named; a server that can't be
    /// reached does not.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">The services are null.</exception>
    public static IServiceCollection AddRedisSignatureStore(
        this IServiceCollection services, Action<RedisStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisStoreOptions>, RedisStoreOptionsValidator>());
        var options = services.AddOptions<RedisStoreOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton<ISignatureStore>(static provider => new RedisSignatureStore(
            provider.GetRequiredService<IOptions<RedisStoreOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<RedisSignatureStore>>()));
        return services;
    }
}
