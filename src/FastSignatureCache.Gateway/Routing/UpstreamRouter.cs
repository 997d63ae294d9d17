using System.Collections.Concurrent;
using FastSignatureCache.Gateway.Options;

namespace FastSignatureCache.Gateway.Routing;

/// <summary>Says where a request goes. Thread-safe.</summary>
internal sealed class UpstreamRouter
{
    private const int MaxLocations = 200;

    private readonly GatewayOptions _options;
    private readonly Uri? _single;
    private readonly Dictionary<Provider, Uri> _providers;
    private readonly ConcurrentDictionary<string, Uri> _locations = new(StringComparer.Ordinal);

    public UpstreamRouter(GatewayOptions options)
    {
        _options = options;
        _single = options.Upstream is null ? null : new Uri(options.Upstream);
        _providers = new Dictionary<Provider, Uri>
        {
            [Provider.Gemini] = new(options.Upstreams.Gemini),
            [Provider.Vertex] = new(options.Upstreams.VertexGlobal),
            [Provider.Anthropic] = new(options.Upstreams.Anthropic),
            [Provider.OpenRouter] = new(options.Upstreams.OpenRouter),
            [Provider.OpenAi] = new(options.Upstreams.OpenAi),
        };
    }

    /// <summary>The URL that a request's path is put behind, or null when no provider has such a path.</summary>
    /// <param name="provider">Whose API it is, as far as known.</param>
    /// <param name="path">The path of the request.</param>
    public Uri? Find(Provider? provider, string path) => _single ?? provider switch
    {
        null => null,
        Provider.Vertex => FindVertex(path),
        { } known => _providers[known],
    };

    private Uri? FindVertex(string path)
    {
        if (!VertexLocation.TryFind(path, out var location))
        {
            return null;
        }

        return location == VertexLocation.Global ? _providers[Provider.Vertex]
            : _locations.TryGetValue(location, out var known) ? known
            : Add(location);
    }

    private Uri Add(string location)
    {
        var url = new Uri(_options.Upstreams.Vertex.Replace(UpstreamOptions.LocationPlaceholder, location, StringComparison.Ordinal));
        if (_locations.Count < MaxLocations)
        {
            // Clients choose the location, so what is remembered of them is bounded.
            _locations.TryAdd(location, url);
        }

        return url;
    }
}
