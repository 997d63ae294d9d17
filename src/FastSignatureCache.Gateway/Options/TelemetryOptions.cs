using OpenTelemetry.Exporter;

namespace FastSignatureCache.Gateway.Options;

/// <summary>Where measurements, traces and the log are sent, besides what Prometheus fetches.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>
    /// The collector that speaks OTLP: an absolute http or https URL, such as <c>http://127.0.0.1:4317</c>. The default value is null: nothing is
    /// sent.
    /// </summary>
    public string? Otlp { get; set; }

    /// <summary>
    /// How it is spoken to. With HTTP, <c>v1/metrics</c>, <c>v1/traces</c> and <c>v1/logs</c> are appended to the URL. The default value is
    /// <see cref="OtlpExportProtocol.Grpc"/>.
    /// </summary>
    public OtlpExportProtocol OtlpProtocol { get; set; } = OtlpExportProtocol.Grpc;

    /// <summary>
    /// Whether requests, and those to upstreams, are measured too, by the names of .NET's own meters. They write several measurements with six
    /// labels for each request: some 15 microseconds where one follows the other, about as much as reading the request for what it lacks. The
    /// default value is false.
    /// </summary>
    public bool Http { get; set; }
}
