using FastSignatureCache.Durability.Sites;

namespace FastSignatureCache.Durability.Load;

/// <summary>The clients' ways to a site: each request takes any of its gateways.</summary>
internal sealed class Ways : IDisposable
{
    private readonly HttpClient[] _clients;

    public Ways(ISite site, int clients, int seed) =>
        _clients = [.. Enumerable.Range(0, clients).Select(number => new HttpClient(new AnyGateway(site, new Random(seed + number)))
        {
            BaseAddress = new Uri("http://gateway.invalid"),
        })];

    public HttpClient this[int client] => _clients[client];

    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());

    private sealed class AnyGateway(ISite site, Random random) : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly Lock _sync = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_sync)
            {
                request.RequestUri = new Uri(site.Gateways[random.Next(site.Gateways.Count)], request.RequestUri!.PathAndQuery);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
