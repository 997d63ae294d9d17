using FastSignatureCache;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the signature cache.</summary>
public static class SignatureCacheServiceCollectionExtensions
{
    /// <summary>
    /// Registers one <see cref="ISignatureCache"/> for the whole application. It uses the registered <see cref="TimeProvider"/> if there
    /// is one. Settings out of range stop the host at its start, every fault named.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">The services are null.</exception>
    public static IServiceCollection AddSignatureCache(this IServiceCollection services, Action<SignatureCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SignatureCacheOptions>, SignatureCacheOptionsValidator>());
        var options = services.AddOptions<SignatureCacheOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton<ISignatureCache>(static provider => new SignatureCache(
            provider.GetRequiredService<IOptions<SignatureCacheOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<SignatureCache>>()));
        return services;
    }
}
