using System.Text;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>A gateway with somebody at each place where it can be watched, and secrets that must be at none of them.</summary>
internal sealed class WatchedGateway : IAsyncDisposable
{
    public const string AdminKey = "pl4nted/adm1n+key, for \"others\" & browsers";
    public const string Secret = "pl4nted/restorati0n+secret&of the hashes";

    // As talkative as settings can make it: by prefix, and by names that are longer than those that the gateway itself has rules for.
    private static readonly IConfiguration Talkative = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics*"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel.BadRequests*"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel.Connections"] = "Trace",
        ["Logging:LogLevel:Yarp.ReverseProxy.Forwarder.HttpForwarder*"] = "Trace",
        ["Logging:Console:LogLevel:Default"] = "None",
    }).Build();

    private readonly StubUpstream _collector;
    private readonly TelemetryWatch _telemetry;
    private readonly RunningGateway _gateway;

    private WatchedGateway(StubUpstream collector, TelemetryWatch telemetry, RunningGateway gateway, Observations seen)
    {
        (_collector, _telemetry, _gateway, Seen) = (collector, telemetry, gateway, seen);
        Operator = new OperatorView(gateway.Client, seen);
        Callers = new Callers(gateway.BaseAddress, Secrets, seen);
        Secrets.Add("the admin key", AdminKey);
        Secrets.Add("the restoration secret", Secret);
    }

    public Observations Seen { get; }

    public SecretSearch Secrets { get; } = new();

    public OperatorView Operator { get; }

    public Callers Callers { get; }

    public ISignatureCache Cache => _gateway.Cache;

    public static async Task<WatchedGateway> StartAsync(Uri upstream, Action<GatewayOptions>? configure = null)
    {
        var seen = new Observations();
        var telemetry = new TelemetryWatch(seen);
        var collector = await StubUpstream.StartAsync(static _ => Task.CompletedTask);
        var gateway = await RunningGateway.StartAsync(
            upstream,
            options =>
            {
                options.Restoration.Secret = Secret;
                options.Dashboard.AdminKey = AdminKey;
                options.Telemetry.Otlp = collector.BaseAddress.AbsoluteUri;
                options.Telemetry.OtlpProtocol = OtlpExportProtocol.HttpProtobuf;
                options.Telemetry.Http = true;
                configure?.Invoke(options);
            },
            Talkative);
        return new WatchedGateway(collector, telemetry, gateway, seen);
    }

    /// <summary>Looks at everything there is to see by now, and finds no secret in it.</summary>
    public async Task AssertNothingIsShownAsync()
    {
        await Operator.LookAtEverythingAsync();
        _telemetry.Collect();
        _gateway.Services.GetRequiredService<MeterProvider>().ForceFlush(timeoutMilliseconds: 10_000);
        Assert.True(_gateway.Services.GetRequiredService<LoggerProvider>().ForceFlush(timeoutMilliseconds: 10_000));
        Assert.True(_gateway.Services.GetRequiredService<TracerProvider>().ForceFlush(timeoutMilliseconds: 10_000));
        foreach (var request in _collector.Requests)
        {
            Seen.Add("OTLP " + request.Target, Encoding.UTF8.GetString(request.Body));
        }

        foreach (var record in _gateway.Log.GetSnapshot())
        {
            Seen.Add($"log {record.Category}", TextOf(record));
        }

        // Nothing is shown where nobody looks.
        Assert.Superset(
            new HashSet<string>
            {
                "OTLP /v1/metrics", "OTLP /v1/traces", "OTLP /v1/logs", "answer to metrics", "answer to signature-cache/", "answer to signature-cache/api/entries",
                "meter FastSignatureCache", "meter Microsoft.AspNetCore.Hosting", "activity Microsoft.AspNetCore.Hosting.HttpRequestIn",
                "event of the stream", "log Microsoft.AspNetCore.Routing.EndpointMiddleware", "log FastSignatureCache.AspNetCore.Maintenance",
            },
            Seen.Places.ToHashSet());
        Assert.Empty(Seen.Find(Secrets));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _collector.DisposeAsync();
        _telemetry.Dispose();
    }

    private static string TextOf(FakeLogRecord record) => string.Join(
        '\n',
        [
            $"{record.Level} {record.Category} {record.Id} {record.Message} {record.Exception}",
            .. Texts(record.StructuredState ?? []),
            .. record.Scopes.SelectMany(static scope => scope is IEnumerable<KeyValuePair<string, object?>> values
                ? Texts(values).Append(scope.ToString())
                : [scope?.ToString()]),
        ]);

    private static IEnumerable<string?> Texts<T>(IEnumerable<KeyValuePair<string, T>> values) =>
        values.Select(static value => $"{value.Key}={value.Value}");
}
