using FastSignatureCache.Gateway.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FastSignatureCache.Gateway.Telemetry;

/// <summary>Carries what the cache counts to where operators look: Prometheus fetches it, and a collector gets it if there is one.</summary>
internal static class GatewayTelemetry
{
    /// <summary>The meter and the activity source of the libraries.</summary>
    public const string Source = "FastSignatureCache";

    private static readonly string[] Meters = [Source, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime"];

    public static void Add(IServiceCollection services, TelemetryOptions options)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("fast-signature-cache", serviceVersion: Hosting.StartupLines.Version))
            .WithMetrics(static metrics => metrics.AddMeter(Meters).AddPrometheusExporter());
        if (options.Otlp is { } collector)
        {
            // Spans only where somebody gets them: without a listener they cost nothing.
            telemetry.WithTracing(static traces => traces.AddSource(Source)).UseOtlpExporter(options.OtlpProtocol, new Uri(collector));
        }
    }
}
