using System.Net;
using FastSignatureCache.Gateway.Hosting;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Storage;
using FastSignatureCache.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.Gateway.Tests.Hosting;

public class GatewayEndpointsTests
{
    [Theory]
    [InlineData("GET", "signature-cache/", "<!doctype html>")]
    [InlineData("GET", "signature-cache/api/metrics", "\"hits\":0")]
    [InlineData("GET", "signature-cache/unknown", "\"status\":404")]
    [InlineData("PUT", "signature-cache/api/metrics", "\"status\":404")]
    [InlineData("GET", "healthz/live", "Healthy")]
    [InlineData("GET", "healthz/ready", "Healthy")]
    public async Task Its_own_addresses_are_answered_and_not_forwarded(string method, string path, string expected)
    {
        await using var upstream = await StubUpstream.StartAsync(context => context.Response.WriteAsync("forwarded"));
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Authorization", "Bearer planted");

        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task The_rest_is_forwarded()
    {
        await using var upstream = await StubUpstream.StartAsync(context => context.Response.WriteAsync("forwarded"));
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        foreach (var path in new[] { "signature-cached", "healthz", "v1/models" })
        {
            Assert.Equal("forwarded", await gateway.Client.GetStringAsync(path, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task With_a_store_in_trouble_it_is_ready_but_degraded_and_alive()
    {
        await using var upstream = await StubUpstream.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress, options =>
        {
            options.Store.Data = null;
            options.Store.Redis = "127.0.0.1:1";
            options.Restoration.Secret = "a secret of some length";
        });
        await gateway.Cache.PrefetchAsync("conversation", TestContext.Current.CancellationToken);

        using var ready = await gateway.Client.GetAsync("healthz/ready", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal("Degraded", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Healthy", await gateway.Client.GetStringAsync("healthz/live", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8787", "http://127.0.0.1:8787/signature-cache/")]
    [InlineData("http://[::]:80", "http://localhost:80/signature-cache/")]
    [InlineData("https://0.0.0.0:443", "https://localhost:443/signature-cache/")]
    [InlineData("http://unix:/tmp/gateway.sock", null)]
    public void The_dashboards_address_is_said_at_the_start(string listening, string? dashboard)
    {
        var lines = StartupLines.For(new GatewayOptions(), [listening], new SignaturePlace("memory only"));
        Assert.Equal(dashboard is null ? [] : [$"  dashboard    {dashboard}"], lines.Where(line => line.Contains("dashboard", StringComparison.Ordinal)));
    }
}
