using FastSignatureCache;
using FastSignatureCache.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers signature restoration for an <see cref="HttpClient"/>.</summary>
public static class SignatureRestorationHttpClientBuilderExtensions
{
    /// <summary>
    /// Adds a <see cref="SignatureRestoringHandler"/> to the client, and the signature cache if none is registered yet. Handlers
    /// added before this one see requests as the client made them; handlers added after it see them repaired.
    /// </summary>
    /// <remarks>With an <see cref="FastSignatureCache.Stores.ISignatureStore"/> registered, a secret must be set: a fault at the start otherwise.</remarks>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Changes the defaults for this client; null to keep them.</param>
    /// <returns>The same builder.</returns>
    public static IHttpClientBuilder AddSignatureRestoration(
        this IHttpClientBuilder builder, Action<SignatureRestorationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSignatureCache();
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SignatureRestorationOptions>, SignatureRestorationOptionsValidator>());
        builder.Services.AddOptions<SignatureRestorationOptions>(builder.Name).Configure(configure ?? (_ => { })).ValidateOnStart();
        return builder.AddHttpMessageHandler(services => new SignatureRestoringHandler(
            services.GetRequiredService<ISignatureCache>(),
            services.GetRequiredService<IOptionsMonitor<SignatureRestorationOptions>>().Get(builder.Name),
            services.GetService<ILogger<SignatureRestoringHandler>>()));
    }
}
