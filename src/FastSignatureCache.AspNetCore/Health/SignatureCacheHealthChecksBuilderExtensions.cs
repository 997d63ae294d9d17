using FastSignatureCache.AspNetCore.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the signature cache's health check.</summary>
public static class SignatureCacheHealthChecksBuilderExtensions
{
    /// <summary>
    /// The check's tag: <c>ready</c>. A readiness endpoint runs the checks that have it; a liveness endpoint doesn't, because no restart
    /// mends a store.
    /// </summary>
    public const string ReadyTag = "ready";

    /// <summary>
    /// Adds the check <c>signature_cache</c>, with the tag <see cref="ReadyTag"/>: healthy, or degraded while the cache's store is in trouble. It
    /// takes a snapshot of the metrics and asks no store.
    /// </summary>
    /// <param name="builder">The builder of <c>AddHealthChecks()</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">The builder is null.</exception>
    public static IHealthChecksBuilder AddSignatureCache(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<SignatureCacheHealthCheck>("signature_cache", tags: [ReadyTag]);
    }
}
