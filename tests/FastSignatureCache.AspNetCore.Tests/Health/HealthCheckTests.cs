using FastSignatureCache.AspNetCore.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.AspNetCore.Tests.Health;

public class HealthCheckTests
{
    [Theory]
    [InlineData(false, HealthStatus.Healthy)]
    [InlineData(true, HealthStatus.Degraded)]
    public async Task It_is_degraded_while_the_store_is(bool isStoreDegraded, HealthStatus expected)
    {
        using var cache = new FakeSignatureCache(new FakeTimeProvider()) { Metrics = new() { IsStoreDegraded = isStoreDegraded, StoreFailures = 7 } };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<ISignatureCache>(cache);
        services.AddHealthChecks().AddSignatureCache();
        await using var provider = services.BuildServiceProvider();
        var health = provider.GetRequiredService<HealthCheckService>();

        var report = await health.CheckHealthAsync(
            check => check.Tags.Contains(SignatureCacheHealthChecksBuilderExtensions.ReadyTag), TestContext.Current.CancellationToken);

        var (name, entry) = Assert.Single(report.Entries);
        Assert.Equal("signature_cache", name);
        Assert.Equal(expected, entry.Status);
        Assert.Equal(7L, entry.Data["storeFailures"]);
    }
}
