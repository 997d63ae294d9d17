using System.Globalization;
using System.Reflection;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Storage;

namespace FastSignatureCache.Gateway.Hosting;

/// <summary>What the gateway says when it is ready.</summary>
internal static class StartupLines
{
    public static string Version { get; } =
        typeof(StartupLines).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static IEnumerable<string> For(GatewayOptions options, IEnumerable<string> addresses, SignaturePlace place)
    {
        yield return $"FastSignatureCache gateway {Version}";
        yield return $"  listens on   {string.Join(", ", addresses)}";
        var label = "  forwards to  ";
        foreach (var upstream in Upstreams(options))
        {
            yield return label + upstream;
            label = "               ";
        }

        var cache = options.Cache;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  keeps up to  {cache.Capacity:N0} entries in {Size(cache.MaxBytes)}, each for {Life(cache)}");
        yield return $"  stored in    {place.Description}";
        if (addresses.Select(DashboardAt).OfType<string>().FirstOrDefault() is { } dashboard)
        {
            yield return $"  dashboard    {dashboard}";
        }

        yield return "Press Ctrl+C to stop.";
    }

    private static string Life(SignatureCacheOptions cache)
    {
        var (least, most) = (Time(cache.MinTimeToLive ?? cache.TimeToLive), Time(cache.MaxTimeToLive ?? cache.TimeToLive));
        return least == most ? least : $"{least} to {most}, by its use";
    }

    private static IEnumerable<string> Upstreams(GatewayOptions options)
    {
        if (options.Upstream is { } single)
        {
            return [$"{single} (every protocol)"];
        }

        var each = options.Upstreams;
        return
        [
            $"{each.Gemini} (Gemini API)", $"{each.Vertex} (Vertex AI)", $"{each.Anthropic} (Anthropic)",
            $"{each.OpenRouter} (OpenRouter)", $"{each.OpenAi} (OpenAI)",
        ];
    }

    // Seen from this machine, where it is let in without a key; null for a socket, which no browser opens.
    private static string? DashboardAt(string address)
    {
        var binding = BindingAddress.Parse(address);
        var host = binding.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : binding.Host;
        return binding.IsUnixPipe ? null : $"{binding.Scheme}://{host}:{binding.Port}{GatewayEndpoints.Dashboard}/";
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:#,0.##} MiB");

    private static string Time(TimeSpan time) =>
        time.TotalDays >= 1 && time.Ticks % TimeSpan.TicksPerDay == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:N0} {(time.TotalDays == 1 ? "day" : "days")}")
            : time.ToString("c", CultureInfo.InvariantCulture);
}
