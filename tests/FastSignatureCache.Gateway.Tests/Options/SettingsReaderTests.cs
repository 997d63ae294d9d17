using FastSignatureCache.AspNetCore;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Http;
using Microsoft.Extensions.Configuration;

namespace FastSignatureCache.Gateway.Tests.Options;

public class SettingsReaderTests
{
    /// <summary>A good value for each setting, that is not its default.</summary>
    private static readonly Dictionary<string, string> Examples = new()
    {
        ["Urls"] = "http://127.0.0.1:1",
        ["Upstream"] = "http://127.0.0.1:2",
        ["ActivityTimeout"] = "1m",
        ["ConnectTimeout"] = "1s",
        ["Cache:Capacity"] = "7",
        ["Cache:MaxBytes"] = "1MiB",
        ["Cache:TimeToLive"] = "2d",
        ["Cache:MinTimeToLive"] = "1d",
        ["Cache:MaxTimeToLive"] = "3d",
        ["Cache:MaxSignatureLength"] = "100",
        ["Cache:Format"] = "Jwt",
        ["Cache:CleanupInterval"] = "never",
        ["Store:Data"] = "none",
        ["Store:Redis"] = "redis.test:6379,password=p",
        ["Store:Durability"] = "behind",
        ["Store:Timeout"] = "3s",
        ["Store:MaxBytes"] = "2MiB",
        ["Restoration:MaxRequestBodyBytes"] = "1KiB",
        ["Restoration:MaxResponseBodyBytes"] = "2KiB",
        ["Restoration:ConversationHeaders"] = "X-One, X-Two",
        ["Restoration:Recovery"] = "off",
        ["Restoration:CallerHeaders"] = "X-Tenant",
        ["Restoration:Policies"] = "vertex/gemini-3: family checks-calls placeholder=skip_thought_signature_validator",
        ["Restoration:Secret"] = "a secret of some length",
        ["Telemetry:Otlp"] = "http://collector.test:4318",
        ["Telemetry:OtlpProtocol"] = "http",
        ["Telemetry:Http"] = "on",
        ["Dashboard:AdminKey"] = "an admin key of some length",
        ["Upstreams:Gemini"] = "http://gemini.test",
        ["Upstreams:Vertex"] = "http://{location}.vertex.test",
        ["Upstreams:VertexGlobal"] = "http://vertex.test",
        ["Upstreams:Anthropic"] = "http://anthropic.test",
        ["Upstreams:OpenRouter"] = "http://openrouter.test",
        ["Upstreams:OpenAi"] = "http://openai.test",
    };

    // They are for a host that has a refresher, and the gateway has none.
    private static readonly string[] WithoutSetting = ["Cache:MaxConcurrentRefreshes", "Cache:MaxQueuedRefreshes"];

    [Fact]
    public void Every_setting_reaches_the_options()
    {
        var read = Read(out var faults, Examples.Select(example => (example.Key, example.Value)).ToArray());
        Assert.Empty(faults);
        Assert.Empty(GatewayOptionsValidator.FaultsOf(read));
        Assert.Equal(GatewaySettings.All.Select(setting => setting.Key).Order(), Examples.Keys.Order());

        // Read in any other order, each value still lands in its own place.
        var texts = Flatten(read);
        var defaults = Flatten(new GatewayOptions());
        Assert.Equal(Examples.Count, texts.Count);
        Assert.All(texts, pair => Assert.NotEqual(defaults[pair.Key], pair.Value));
    }

    [Fact]
    public void Nothing_set_gives_the_gateways_own_defaults()
    {
        var read = Read(out var faults);
        Assert.Empty(faults);
        Assert.Equal(100_000, read.Cache.Capacity);
        Assert.Equal(256L * 1024 * 1024, read.Cache.MaxBytes);
        Assert.Equal(TimeSpan.FromDays(7), read.Cache.TimeToLive);
        Assert.Equal(TimeSpan.FromMinutes(10), read.ActivityTimeout);
        Assert.Equal("http://127.0.0.1:8787", read.Urls);
        Assert.Null(read.Upstream);
        Assert.Empty(GatewayOptionsValidator.FaultsOf(read));
    }

    [Fact]
    public void Keys_are_read_in_any_case_and_headers_as_an_array_too()
    {
        var read = Read(out var faults, ("CACHE:CAPACITY", "9"), ("Restoration:ConversationHeaders:0", "X-A"), ("Restoration:ConversationHeaders:1", "X-B"));
        Assert.Empty(faults);
        Assert.Equal(9, read.Cache.Capacity);
        Assert.Equal(["X-A", "X-B"], read.Restoration.ConversationHeaders);
    }

    [Fact]
    public void Unknown_and_unreadable_settings_are_all_named_and_the_others_kept()
    {
        var read = Read(out var faults, ("Cache:Capcity", "9"), ("Cache:MaxBytes", "much"), ("Cache:Capacity", "ten"), ("Upstream", "http://x.test"));
        Assert.Equal("http://x.test", read.Upstream);
        Assert.Collection(
            faults.Order(StringComparer.Ordinal),
            fault => Assert.StartsWith("Cache:Capacity (--capacity) must be a whole number, but is 'ten'", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("Cache:MaxBytes (--max-bytes) must be a number of bytes", fault, StringComparison.Ordinal),
            fault => Assert.Equal("Gateway:Cache:Capcity is not a setting of the gateway.", fault));
    }

    private static GatewayOptions Read(out List<string> faults, params (string Key, string Value)[] settings)
    {
        faults = [];
        var values = settings.Select(setting => KeyValuePair.Create("Gateway:" + setting.Key, (string?)setting.Value));
        return SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), faults);
    }

    private static Dictionary<string, string> Flatten(object options, string prefix = "") => options.GetType().GetProperties()
        .Where(property => !WithoutSetting.Contains(prefix + property.Name))
        .SelectMany(property => Flatten(prefix + property.Name, property.GetValue(options)))
        .ToDictionary();

    private static IEnumerable<KeyValuePair<string, string>> Flatten(string name, object? value) => value switch
    {
        IList<string> list => [KeyValuePair.Create(name, string.Join(',', list))],
        IList<UpstreamPolicy> list => [KeyValuePair.Create(name, string.Join(',', list))],
        UpstreamOptions or SignatureCacheOptions or SignatureRestorationOptions or StoreOptions or SignatureCacheEndpointOptions or TelemetryOptions
            => Flatten(value, name + ":"),
        _ => [KeyValuePair.Create(name, value?.ToString() ?? "")],
    };
}
