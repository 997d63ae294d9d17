using FastSignatureCache.Http;
using FastSignatureCache.Stores;
using OpenTelemetry.Exporter;
using static FastSignatureCache.Gateway.Options.SettingText;

namespace FastSignatureCache.Gateway.Options;

/// <summary>The table of all settings, the one source for the command line, appsettings.json and the environment.</summary>
internal static class GatewaySettings
{
    /// <summary>The section of appsettings.json, and the prefix in the environment.</summary>
    public const string Section = "Gateway";

    private static readonly (string Name, StoreDurability Value)[] Durabilities =
        [("through", StoreDurability.WrittenThrough), ("behind", StoreDurability.WrittenBehind)];

    private static readonly (string Name, OtlpExportProtocol Value)[] OtlpProtocols =
        [("grpc", OtlpExportProtocol.Grpc), ("http", OtlpExportProtocol.HttpProtobuf)];

    private static readonly (string Name, bool Value)[] Switch = [("on", true), ("off", false)];

    public static IReadOnlyList<GatewaySetting> All { get; } =
    [
        new("Urls", (options, text) => options.Urls = text)
        {
            Option = "--urls", ValueName = "URLS",
            Description = "Where to listen, separated by semicolons [default: http://127.0.0.1:8787]",
        },
        new("Upstream", (options, text) => options.Upstream = text)
        {
            Option = "--upstream", ValueName = "URL",
            Description = "One upstream for every protocol [default: each provider's own endpoint]",
        },
        new("Cache:Capacity", (options, text) => options.Cache.Capacity = Whole<int>(text))
        {
            Option = "--capacity", ValueName = "N",
            Description = "How many entries to keep, 1 to 100,000,000; a signature takes two or three [default: 100000]",
        },
        new("Cache:MaxBytes", (options, text) => options.Cache.MaxBytes = Bytes(text))
        {
            Option = "--max-bytes", ValueName = "BYTES",
            Description = "How much memory they may take, 1 KiB or more [default: 256MiB]",
        },
        new("Cache:TimeToLive", (options, text) => options.Cache.TimeToLive = Duration(text))
        {
            Option = "--time-to-live", ValueName = "TIME",
            Description = "How long a signature is kept, up to 3650d [default: 7d]",
        },
        new("Cache:MinTimeToLive", (options, text) => options.Cache.MinTimeToLive = Duration(text))
        {
            Option = "--min-time-to-live", ValueName = "TIME",
            Description = "How long a signature is kept that is never restored, where those in use are kept longer [default: as --time-to-live]",
        },
        new("Cache:MaxTimeToLive", (options, text) => options.Cache.MaxTimeToLive = Duration(text))
        {
            Option = "--max-time-to-live", ValueName = "TIME",
            Description = "The longest that a signature is kept after it was last restored [default: as --time-to-live]",
        },
        new("Store:Data", (options, text) => options.Store.Data = text)
        {
            Option = "--data", ValueName = "DIR",
            Description = "The folder to keep signatures in, so that they survive a restart, or none "
                + "[default: FastSignatureCache in the platform's folder for application data]",
        },
        new("Store:Redis", (options, text) => options.Store.Redis = text)
        {
            Option = "--redis", ValueName = "CONNECTION",
            Description = "A Redis to keep signatures in instead, shared by several gateways, such as host:6379. Every user of this machine can "
                + "read a command line: give a password in the environment, as Gateway__Store__Redis, or in appsettings.json",
        },
        new("Store:Durability", (options, text) => options.Store.Durability = Choice(text, Durabilities))
        {
            Option = "--durability", ValueName = "through|behind",
            Description = "Whether the end of an answer waits until its signatures are safe, or they are written a little later [default: through]",
        },
        new("Store:Timeout", (options, text) => options.Store.Timeout = Duration(text))
        {
            Option = "--store-timeout", ValueName = "TIME",
            Description = "How long a request waits for the store in all, reading and writing, 2ms to 2m "
                + "[default: 2s with a folder, 50ms with Redis]",
        },
        new("Store:MaxBytes", (options, text) => options.Store.MaxBytes = Bytes(text))
        {
            Option = "--max-store-bytes", ValueName = "BYTES",
            Description = "How large the file in the folder may become, 1 MiB or more; then the oldest signatures leave it [default: 1GiB]",
        },
        new("Telemetry:Otlp", (options, text) => options.Telemetry.Otlp = text)
        {
            Option = "--otlp", ValueName = "URL",
            Description = "A collector to send metrics, traces and the log to, such as http://127.0.0.1:4317 [default: none]",
        },
        new("Telemetry:Http", (options, text) => options.Telemetry.Http = Choice(text, Switch))
        {
            Option = "--http-metrics", ValueName = "on|off",
            Description = "Whether to measure requests and upstreams too, which costs about 5 % of the gateway's own speed [default: off]",
        },
        new("ActivityTimeout", (options, text) => options.ActivityTimeout = Duration(text))
        {
            Option = "--activity-timeout", ValueName = "TIME",
            Description = "How long an upstream may be silent, 1s to 1d [default: 10m]",
        },
        new("ConnectTimeout", (options, text) => options.ConnectTimeout = Duration(text))
        {
            Option = "--connect-timeout", ValueName = "TIME",
            Description = "How long connecting to an upstream may take, 100ms to 5m [default: 15s]",
        },
        new("Restoration:Recovery", (options, text) => options.Restoration.RecoversRejections = Choice(text, Switch))
        {
            Option = "--recovery", ValueName = "on|off",
            Description = "Whether a request that is refused because of a signature is repaired and sent once more [default: on]",
        },
        new("Cache:MaxSignatureLength", (options, text) => options.Cache.MaxSignatureLength = Whole<int>(text)),
        new("Cache:Format", (options, text) => options.Cache.Format = Choice<SignatureFormat>(text)),
        new("Cache:CleanupInterval", (options, text) => options.Cache.CleanupInterval = DurationOrNever(text)),
        new("Restoration:MaxRequestBodyBytes", (options, text) => options.Restoration.MaxRequestBodyBytes = Bytes(text)),
        new("Restoration:MaxResponseBodyBytes", (options, text) => options.Restoration.MaxResponseBodyBytes = Bytes(text)),
        new("Restoration:ConversationHeaders", (options, text) => Replace(options.Restoration.ConversationHeaders, text)) { IsList = true },
        new("Restoration:CallerHeaders", (options, text) => Replace(options.Restoration.CallerHeaders, text)) { IsList = true },
        new("Restoration:Policies", (options, text) => ReplacePolicies(options.Restoration.Policies, text)) { IsList = true },
        // Never on the command line, which every user of the machine can read.
        new("Restoration:Secret", (options, text) => options.Restoration.Secret = text),
        new("Dashboard:AdminKey", (options, text) => options.Dashboard.AdminKey = text),
        new("Telemetry:OtlpProtocol", (options, text) => options.Telemetry.OtlpProtocol = Choice(text, OtlpProtocols)),
        new("Upstreams:Gemini", (options, text) => options.Upstreams.Gemini = text),
        new("Upstreams:Vertex", (options, text) => options.Upstreams.Vertex = text),
        new("Upstreams:VertexGlobal", (options, text) => options.Upstreams.VertexGlobal = text),
        new("Upstreams:Anthropic", (options, text) => options.Upstreams.Anthropic = text),
        new("Upstreams:OpenRouter", (options, text) => options.Upstreams.OpenRouter = text),
        new("Upstreams:OpenAi", (options, text) => options.Upstreams.OpenAi = text),
    ];

    private static void Replace(IList<string> list, string text)
    {
        list.Clear();
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries))
        {
            list.Add(entry);
        }
    }

    private static void ReplacePolicies(IList<UpstreamPolicy> list, string text)
    {
        list.Clear();
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries))
        {
            list.Add(PolicyText.Parse(entry));
        }
    }
}
