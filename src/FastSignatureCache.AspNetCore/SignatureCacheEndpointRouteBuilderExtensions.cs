using FastSignatureCache.AspNetCore;
using FastSignatureCache.AspNetCore.Access;
using FastSignatureCache.AspNetCore.Dashboard;
using FastSignatureCache.AspNetCore.Entries;
using FastSignatureCache.AspNetCore.Maintenance;
using FastSignatureCache.AspNetCore.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the dashboard and the HTTP interface of the signature cache.</summary>
public static class SignatureCacheEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the dashboard at the pattern and the HTTP interface below it: <c>api/metrics</c>, <c>api/metrics/stream</c>,
    /// <c>api/entries</c>, <c>api/cleanup</c>, <c>api/clear</c> and <c>api/openapi.json</c>. Everything else below it is not found,
    /// so that nothing meant for the dashboard reaches a proxy behind it.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Who may use it: requests of this machine, which come over loopback, by a loopback name and through no proxy; others with the
    /// <see cref="SignatureCacheEndpointOptions.AdminKey"/>. An authorization policy on the returned builder, such as
    /// <c>RequireAuthorization()</c>, takes the place of both. What changes something is refused when another site's page sends it.
    /// </para>
    /// <para>No signature and no credential is in any answer.</para>
    /// </remarks>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="pattern">The path, such as <c>/signature-cache</c>.</param>
    /// <returns>A builder for conventions of all these endpoints.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddSignatureCacheEndpoints()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapSignatureCache(this IEndpointRouteBuilder endpoints, string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var guard = endpoints.ServiceProvider.GetService<AccessGuard>()
            ?? throw new InvalidOperationException("MapSignatureCache needs services.AddSignatureCacheEndpoints().");
        var group = endpoints.MapGroup(pattern);
        DashboardEndpoints.Map(group);
        var api = group.MapGroup("/api").WithGroupName(EndpointDocument.Name).WithTags("Signature cache");
        MetricsEndpoints.Map(api);
        EntryEndpoints.Map(api);
        MaintenanceEndpoints.Map(api);
        EndpointDocument.Map(api);
        group.Map("/{**path}", (HttpContext context) => Problems.NotFound("There is nothing at this address, or not with this method."))
            .ExcludeFromDescription();
        // Around everything in the group, and after the host's authorization.
        ((IEndpointConventionBuilder)group).Finally(guard.Protect);
        return group;
    }

    /// <summary>
    /// Lets in to other endpoints, such as one for Prometheus, only who is let in to the dashboard: see <see cref="MapSignatureCache"/>.
    /// </summary>
    /// <param name="builder">The endpoints.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">The builder is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The application starts, and <c>AddSignatureCacheEndpoints()</c> was not called.
    /// </exception>
    public static TBuilder RequireSignatureCacheAccess<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Finally(static endpoint =>
        {
            var guard = endpoint.ApplicationServices.GetRequiredService<AccessGuard>();
            guard.Protect(endpoint);
        });
        return builder;
    }
}
