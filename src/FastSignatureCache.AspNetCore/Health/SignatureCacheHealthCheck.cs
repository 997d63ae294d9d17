using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FastSignatureCache.AspNetCore.Health;

/// <summary>Healthy while the cache and its store work; degraded while the store is in trouble, since requests then go on from memory.</summary>
internal sealed class SignatureCacheHealthCheck(ISignatureCache cache) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var metrics = cache.GetMetrics();
        var data = new Dictionary<string, object>
        {
            ["entries"] = metrics.Entries,
            ["storeFailures"] = metrics.StoreFailures,
            ["storeDrops"] = metrics.StoreDrops,
        };
        return Task.FromResult(metrics.IsStoreDegraded
            ? HealthCheckResult.Degraded("The store is in trouble: the cache goes on from memory.", data: data)
            : HealthCheckResult.Healthy(data: data));
    }
}
