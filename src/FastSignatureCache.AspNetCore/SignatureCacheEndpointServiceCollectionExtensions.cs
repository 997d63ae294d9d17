using FastSignatureCache.AspNetCore;
using FastSignatureCache.AspNetCore.Access;
using FastSignatureCache.AspNetCore.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what the dashboard and the HTTP interface need.</summary>
public static class SignatureCacheEndpointServiceCollectionExtensions
{
    /// <summary>
    /// Registers what <c>MapSignatureCache</c> needs besides the registered <see cref="FastSignatureCache.ISignatureCache"/>. It uses the
    /// registered <see cref="TimeProvider"/> if there is one. Settings out of range stop the host at its start.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">The services are null.</exception>
    public static IServiceCollection AddSignatureCacheEndpoints(
        this IServiceCollection services, Action<SignatureCacheEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SignatureCacheEndpointOptions>, SignatureCacheEndpointOptionsValidator>());
        services.AddOptions<SignatureCacheEndpointOptions>().Configure(configure ?? (static _ => { })).ValidateOnStart();
        services.TryAddSingleton<AccessGuard>();
        services.TryAddSingleton<MetricsBroadcast>();
        // Only so that the document can describe them: what is answered doesn't depend on the host's settings.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, EndpointJsonContext.Default));
        services.AddOpenApi(EndpointDocument.Name, EndpointDocument.Configure);
        return services;
    }
}
