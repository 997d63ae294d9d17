using FastSignatureCache.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace FastSignatureCache.AspNetCore.Tests;

public class EndpointDocumentTests
{
    [Fact]
    public async Task It_describes_every_call_of_the_interface_and_nothing_else_of_the_host()
    {
        await using var application = await TestHost.StartAsync(configure: static (host, _) => host.MapGet("/others", () => "others"));

        var document = await application.GetJsonAsync("/api/openapi.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var calls = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(call => $"{call.Name} {path.Name[TestHost.Base.Length..]}")).Order();
        Assert.Equal(
            [
                "delete /api/entries/{id}", "get /api/entries", "get /api/metrics", "get /api/metrics/stream",
                "post /api/cleanup", "post /api/clear",
            ],
            calls);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.True(schemas.GetProperty("SignatureCacheMetrics").GetProperty("properties").TryGetProperty("hitRate", out _));
        Assert.True(schemas.GetProperty("EntryModel").GetProperty("properties").TryGetProperty("fingerprint", out _));
        Assert.False(schemas.GetProperty("EntryModel").GetProperty("properties").TryGetProperty("signature", out _));
    }
}
