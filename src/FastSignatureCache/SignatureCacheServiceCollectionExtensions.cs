using System.Diagnostics.Metrics;
using FastSignatureCache;
using FastSignatureCache.Metrics;
using FastSignatureCache.Stores;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the signature cache.</summary>
public static class SignatureCacheServiceCollectionExtensions
{
    /// <summary>
    /// Registers one <see cref="ISignatureCache"/> for the whole application: a <see cref="TieredSignatureCache"/> over the registered
    /// <see cref="ISignatureStore"/> if there is one, in whatever order the two are registered, or else a <see cref="SignatureCache"/>.
    /// It uses the registered <see cref="TimeProvider"/> and <see cref="ISignatureRefresher"/> if there are any, and has a <see cref="SignatureCacheMeter"/> as long as it lives, made by
    /// the registered <see cref="IMeterFactory"/> if there is one. Settings out of range stop the host at its start, every fault named.
    /// </summary>
    /// <remarks>
    /// A cache over a store writes what is queued when it is disposed of, which takes an asynchronous disposal of the service provider, as
    /// hosts do it.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options of the cache; null for the defaults.</param>
    /// <param name="configureStore">Sets the options of the work with the store; null for the defaults. Without a store they say nothing.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">The services are null.</exception>
    public static IServiceCollection AddSignatureCache(
        this IServiceCollection services,
        Action<SignatureCacheOptions>? configure = null,
        Action<TieredSignatureCacheOptions>? configureStore = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SignatureCacheOptions>, SignatureCacheOptionsValidator>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TieredSignatureCacheOptions>, TieredSignatureCacheOptionsValidator>());
        services.AddOptions<SignatureCacheOptions>().Configure(configure ?? (static _ => { })).ValidateOnStart();
        services.AddOptions<TieredSignatureCacheOptions>().Configure(configureStore ?? (static _ => { })).ValidateOnStart();
        services.TryAddSingleton(static provider => new MeterOfCache(provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<ISignatureCache>(static provider =>
            provider.GetRequiredService<MeterOfCache>().For(Create(provider)));
        return services;
    }
    private static ISignatureCache Create(IServiceProvider provider) => provider.GetService<ISignatureStore>() is { } store
        ? new TieredSignatureCache(
            store,
            provider.GetRequiredService<IOptions<TieredSignatureCacheOptions>>().Value,
            provider.GetRequiredService<IOptions<SignatureCacheOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<TieredSignatureCache>>(),
            provider.GetService<ISignatureRefresher>())
        : new SignatureCache(
            provider.GetRequiredService<IOptions<SignatureCacheOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<SignatureCache>>(),
            provider.GetService<ISignatureRefresher>());
}
