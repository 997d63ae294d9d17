using System.Net;
using System.Text;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace FastSignatureCache.Gateway.Tests.Telemetry;

/// <summary>What operators' tools get from a gateway.</summary>
/// <remarks>Alone: what exports metrics hears all meters of the process, those of other gateways too.</remarks>
[Collection(nameof(GatewayTelemetryTests))]
[CollectionDefinition(nameof(GatewayTelemetryTests), DisableParallelization = true)]
public sealed class GatewayTelemetryTests
{
    private const string Talk = "talk-of-a-test";

    private const string Lacking = """
        {"contents":[{"role":"user","parts":[{"text":"hello"}]},{"role":"model","parts":[{"functionCall":{"name":"read","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"read","response":{}}}]}]}
        """;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prometheus_fetches_what_the_cache_counts()
    {
        await using var upstream = await StubUpstream.StartAsync(static _ => Task.CompletedTask);
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        gateway.Cache.TryGet(new SignatureKey(Talk, "a-model"), out _);

        var text = await gateway.Client.GetStringAsync("/metrics", Ended);

        var requests = Assert.Single(text.Split('\n'), line =>
            line.StartsWith("dotnet_cache_requests", StringComparison.Ordinal) && line.Contains("\"miss\"", StringComparison.Ordinal));
        Assert.Equal("1", requests.Split("} ")[1].Split(' ')[0]);
        Assert.DoesNotContain(Talk, text, StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Prometheus_fetches_how_often_signatures_were_refused()
    {
        await using var upstream = await StubUpstream.StartAsync(static context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync("""{"error":{"message":"Corrupted thought signature."}}""");
        });
        await using var gateway = await RunningGateway.StartAsync(
            upstream.BaseAddress, static options => options.Restoration.RecoversRejections = true);
        using var body = new StringContent(Lacking, Encoding.UTF8, "application/json");
        using var answer = await gateway.Client.PostAsync("/v1beta/models/gemini-3-pro:generateContent", body, Ended);

        var text = await gateway.Client.GetStringAsync("/metrics", Ended);

        var lines = text.Split('\n').Where(static line => line.StartsWith("fast_signature_cache_rejections", StringComparison.Ordinal)
            && line.Contains("reason=\"invalid\"", StringComparison.Ordinal)).ToList();
        // The upstream refuses the second try too, and that one is not followed by another.
        Assert.Single(lines, static line => line.Contains("retried=\"true\"", StringComparison.OrdinalIgnoreCase));
        Assert.Single(lines, static line => line.Contains("retried=\"false\"", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_are_measured_where_that_is_asked_for(bool isAskedFor)
    {
        await using var upstream = await StubUpstream.StartAsync(static context => context.Response.WriteAsync("{}"));
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress, options => options.Telemetry.Http = isAskedFor);
        using var answer = await gateway.Client.GetAsync("/v1beta/models", Ended);

        var text = await gateway.Client.GetStringAsync("/metrics", Ended);

        Assert.Equal(isAskedFor, text.Contains("http_server_request_duration", StringComparison.Ordinal));
        Assert.Equal(isAskedFor, text.Contains("http_client_request_duration", StringComparison.Ordinal));
    }

    /// <summary>A page of another name that points at this machine must not read them either.</summary>
    [Fact]
    public async Task Prometheus_is_let_in_as_the_dashboard_is()
    {
        const string Key = "a key of many characters";
        await using var upstream = await StubUpstream.StartAsync(static _ => Task.CompletedTask);
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress, options => options.Dashboard.AdminKey = Key);

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(null));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("Bearer another"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("Bearer " + Key));

        async Task<HttpStatusCode> AskAsync(string? authorization)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = "example.org" } };
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var response = await gateway.Client.SendAsync(request, Ended);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task ACollector_gets_metrics_and_traces()
    {
        await using var collector = await StubUpstream.StartAsync(static _ => Task.CompletedTask);
        await using var upstream = await StubUpstream.StartAsync(static context => context.Response.WriteAsJsonAsync(new
        {
            candidates = new[] { new { content = new { parts = new[] { new { text = "hello" } } }, finishReason = "STOP" } },
        }));
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress, options =>
        {
            options.Telemetry.Otlp = collector.BaseAddress.AbsoluteUri;
            options.Telemetry.OtlpProtocol = OtlpExportProtocol.HttpProtobuf;
        });
        using var answer = await gateway.Client.PostAsync("/v1beta/models/a-model:generateContent", new StringContent(Lacking), Ended);

        // A flush is over when the collector has answered. That of metrics says false all the same: what Prometheus fetches can't be flushed.
        gateway.Services.GetRequiredService<MeterProvider>().ForceFlush(timeoutMilliseconds: 10_000);
        Assert.True(gateway.Services.GetRequiredService<TracerProvider>().ForceFlush(timeoutMilliseconds: 10_000));

        Assert.Equal(["dotnet.cache.requests", "fast-signature-cache"], Sent("/v1/metrics", "dotnet.cache.requests", "fast-signature-cache"));
        string[] activities = ["fast_signature_cache.restore", "fast_signature_cache.capture", "POST", "fast-signature-cache"];
        Assert.Equal(activities, Sent("/v1/traces", activities));

        // Protobuf has its text in UTF-8, as it is.
        IEnumerable<string> Sent(string path, params string[] names)
        {
            var bodies = string.Concat(collector.Requests.Where(request => request.Target == path).Select(request => Encoding.Latin1.GetString(request.Body)));
            return names.Where(name => bodies.Contains(name, StringComparison.Ordinal));
        }
    }

    /// <summary>A collector that is away costs nothing but its measurements.</summary>
    [Fact]
    public async Task ACollector_that_is_away_fails_no_request()
    {
        await using var upstream = await StubUpstream.StartAsync(static context => context.Response.WriteAsync("{}"));
        await using var gateway = await RunningGateway.StartAsync(
            upstream.BaseAddress, static options => options.Telemetry.Otlp = "http://127.0.0.1:9");

        var sent = gateway.Services.GetRequiredService<MeterProvider>().ForceFlush(timeoutMilliseconds: 100);
        using var answer = await gateway.Client.GetAsync("/v1beta/models", Ended);

        Assert.False(sent);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void ACollector_must_be_aUrl() => Assert.Contains(
        "Telemetry:Otlp must be an absolute http or https URL",
        Assert.Single(GatewayOptionsValidator.FaultsOf(new GatewayOptions { Telemetry = { Otlp = "localhost:4317" } })),
        StringComparison.Ordinal);
}
