using System.Diagnostics.Metrics;
using FastSignatureCache.Gateway.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FastSignatureCache.Gateway.Telemetry;

/// <summary>Carries what the cache counts to where operators look: Prometheus fetches it, and a collector gets it if there is one.</summary>
internal static class GatewayTelemetry
{
    private static readonly string[] Meters = [SignatureCacheMeter.MeterName, "System.Runtime"];
    private static readonly string[] HttpMeters = ["Microsoft.AspNetCore.Hosting", "System.Net.Http"];

    public static void Add(IServiceCollection services, TelemetryOptions options)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("fast-signature-cache", serviceVersion: Hosting.StartupLines.Version))
            .WithMetrics(metrics => metrics
                .AddMeter([.. Meters, .. options.Http ? HttpMeters : []])
                .AddInstrumentation(CreateMeter)
                .AddPrometheusExporter());
        if (options.Otlp is { } collector)
        {
            // Spans only where somebody gets them: without a listener they cost nothing. ASP.NET Core's, too: it makes an activity for each request
            // anyway, and children of one that nobody records are not recorded either.
            telemetry.WithTracing(static traces => traces.AddSource(SignatureCacheMeter.MeterName, "Microsoft.AspNetCore"))
                .UseOtlpExporter(options.OtlpProtocol, new Uri(collector));
            // Method, path and status in them, and no query. By default ASP.NET Core leaves that to a package that brings the query along.
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        }
    }

    private static SignatureCacheMeter CreateMeter(IServiceProvider provider) =>
        new(provider.GetRequiredService<ISignatureCache>(), meterFactory: provider.GetService<IMeterFactory>());
}
