using FastSignatureCache.AspNetCore;
using FastSignatureCache.Http;

namespace FastSignatureCache.Gateway.Options;

/// <summary>All settings of the gateway. They are checked together at start, and all faults are named at once.</summary>
internal sealed class GatewayOptions
{
    /// <summary>
    /// Where the gateway listens: one or more addresses, separated by semicolons, each <c>http://host:port</c> or <c>https://host:port</c>;
    /// port 0 stands for any free port. The default value is <c>http://127.0.0.1:8787</c>.
    /// </summary>
    public string Urls { get; set; } = "http://127.0.0.1:8787";

    /// <summary>
    /// One upstream for every protocol and path, an absolute http or https URL whose path is put before each request's. The default value
    /// is null: each provider's own endpoint, as <see cref="Upstreams"/> says.
    /// </summary>
    public string? Upstream { get; set; }

    /// <summary>The endpoint of each provider.</summary>
    public UpstreamOptions Upstreams { get; } = new();

    /// <summary>
    /// How long an upstream may send nothing before the request is given up. This value must be between 1 second and 1 day. The default
    /// value is 10 minutes: a model that thinks can be silent for long.
    /// </summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a connection to an upstream may take to open. This value must be between 100 milliseconds and 5 minutes. The default value
    /// is 15 seconds.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The cache. A gateway serves many conversations, so it keeps more than a library: 100,000 signatures in 256 MiB.</summary>
    public SignatureCacheOptions Cache { get; } = new() { Capacity = 100_000, MaxBytes = 256L * 1024 * 1024 };

    /// <summary>What is captured and restored, and how conversations are recognised.</summary>
    public SignatureRestorationOptions Restoration { get; } = new();

    /// <summary>Where signatures are kept beyond the life of the process.</summary>
    public StoreOptions Store { get; } = new();

    /// <summary>Who besides this machine sees the dashboard.</summary>
    public SignatureCacheEndpointOptions Dashboard { get; } = new();

    /// <summary>Where measurements, traces and the log are sent.</summary>
    public TelemetryOptions Telemetry { get; } = new();
}
