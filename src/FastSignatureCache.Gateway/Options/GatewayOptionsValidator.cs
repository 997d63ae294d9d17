using FastSignatureCache.AspNetCore;
using FastSignatureCache.Gateway.Storage;
using FastSignatureCache.Http;
using FastSignatureCache.Redis;
using Microsoft.Extensions.Options;

namespace FastSignatureCache.Gateway.Options;

/// <summary>Names every fault of the gateway's, the cache's and the restoration's settings at once.</summary>
internal static class GatewayOptionsValidator
{
    private static readonly TimeSpan MinActivityTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxActivityTimeout = TimeSpan.FromDays(1);
    private static readonly TimeSpan MinConnectTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<string> FaultsOf(GatewayOptions options)
    {
        List<string> faults = [];
        CheckUrls(faults, options.Urls);
        if (options.Upstream is not null)
        {
            CheckUrl(faults, nameof(options.Upstream), options.Upstream);
        }

        CheckUpstreams(faults, options.Upstreams);
        if (options.Telemetry.Otlp is { } collector)
        {
            CheckUrl(faults, "Telemetry:Otlp", collector);
        }

        if (options.ActivityTimeout < MinActivityTimeout || options.ActivityTimeout > MaxActivityTimeout)
        {
            faults.Add($"ActivityTimeout must be between 1 second and 1 day, but is {options.ActivityTimeout}.");
        }

        if (options.ConnectTimeout < MinConnectTimeout || options.ConnectTimeout > MaxConnectTimeout)
        {
            faults.Add($"ConnectTimeout must be between 100 milliseconds and 5 minutes, but is {options.ConnectTimeout}.");
        }

        StoreOptionsValidator.AddFaults(faults, options);
        AddFaultsOfLibraries(faults, options);
        return faults;
    }

    private static void CheckUrls(List<string> faults, string urls)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Length == 0)
        {
            faults.Add("Urls must name at least one address, such as http://127.0.0.1:8787.");
        }

        foreach (var address in addresses.Where(address => !IsListenAddress(address)))
        {
            faults.Add($"Urls must be addresses such as http://127.0.0.1:8787, separated by semicolons, but has '{address}'.");
        }
    }

    private static bool IsListenAddress(string address)
    {
        try
        {
            var parsed = BindingAddress.Parse(address);
            return parsed.Scheme is "http" or "https" && parsed.PathBase.Length == 0
                && (parsed.IsUnixPipe || (parsed.Host.Length > 0 && parsed.Port is >= 0 and <= ushort.MaxValue));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void CheckUpstreams(List<string> faults, UpstreamOptions upstreams)
    {
        CheckUrl(faults, "Upstreams:Gemini", upstreams.Gemini);
        // Any location will do to see whether a URL comes out.
        var vertex = upstreams.Vertex.Replace(UpstreamOptions.LocationPlaceholder, "us-central1", StringComparison.Ordinal);
        CheckUrl(faults, "Upstreams:Vertex", vertex, upstreams.Vertex);
        CheckUrl(faults, "Upstreams:VertexGlobal", upstreams.VertexGlobal);
        CheckUrl(faults, "Upstreams:Anthropic", upstreams.Anthropic);
        CheckUrl(faults, "Upstreams:OpenRouter", upstreams.OpenRouter);
        CheckUrl(faults, "Upstreams:OpenAi", upstreams.OpenAi);
    }

    private static void CheckUrl(List<string> faults, string name, string value, string? shown = null)
    {
        // Credentials do not belong here: they would be shown at start and in errors.
        var isGood = Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri is { Host.Length: > 0, Query: "", Fragment: "", UserInfo: "" };
        if (!isGood)
        {
            faults.Add($"{name} must be an absolute http or https URL without credentials, query or fragment{Shown(shown ?? value)}.");
        }
    }

    // What is wrong may be that a credential stands in it.
    private static string Shown(string value) => value.AsSpan().ContainsAny('@', '?', '#') ? "" : $", but is '{value}'";

    /// <summary>The libraries keep their validators to themselves; their registrations give them out.</summary>
    private static void AddFaultsOfLibraries(List<string> faults, GatewayOptions options)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("").AddSignatureRestoration();
        services.AddSignatureCacheEndpoints();
        using var provider = services.BuildServiceProvider();
        Add("Cache", provider.GetServices<IValidateOptions<SignatureCacheOptions>>(), options.Cache);
        Add("Dashboard", provider.GetServices<IValidateOptions<SignatureCacheEndpointOptions>>(), options.Dashboard);
        Add("Restoration", provider.GetServices<IValidateOptions<SignatureRestorationOptions>>(), options.Restoration);
        if (!string.IsNullOrWhiteSpace(options.Store.Redis))
        {
            // Apart: restoration over a registered store would ask for a secret, in words of a library's.
            using var store = new ServiceCollection().AddRedisSignatureStore().BuildServiceProvider();
            Add("Store:Redis", store.GetServices<IValidateOptions<RedisStoreOptions>>(), RedisStoreSettings.Of(options.Store));
        }

        void Add<T>(string section, IEnumerable<IValidateOptions<T>> validators, T value)
            where T : class
        {
            var failures = validators.SelectMany(validator => validator.Validate("", value).Failures ?? []);
            faults.AddRange(failures.Distinct().Select(fault => $"{section}: {fault}"));
        }
    }
}
