using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace FastSignatureCache.Gateway.Hosting;

/// <summary>What the gateway answers itself, where everything else is forwarded.</summary>
internal static class GatewayEndpoints
{
    public const string Dashboard = "/signature-cache";
    public const string Metrics = "/metrics";

    public static void Map(WebApplication application)
    {
        application.MapSignatureCache(Dashboard);
        application.MapPrometheusScrapingEndpoint(Metrics).RequireSignatureCacheAccess();
        // Alive while it answers at all; ready is a word on the store besides, and degraded is ready: requests go on from memory.
        application.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false });
        application.MapHealthChecks("/healthz/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(SignatureCacheHealthChecksBuilderExtensions.ReadyTag),
        });
    }
}
