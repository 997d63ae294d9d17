namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>Puts the key of all requests to one place.</summary>
internal sealed class KeyPlacing(KeyPlace place, string key) : DelegatingHandler(new SocketsHttpHandler { ActivityHeadersPropagator = null })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove("Authorization");
        request.Headers.Remove("x-goog-api-key");
        switch (place)
        {
            case KeyPlace.Bearer:
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
                break;
            case KeyPlace.GoogleHeader:
                request.Headers.TryAddWithoutValidation("x-goog-api-key", key);
                break;
            default:
                var url = new UriBuilder(request.RequestUri!);
                url.Query = $"{url.Query.TrimStart('?')}&key={Uri.EscapeDataString(key)}".TrimStart('&');
                request.RequestUri = url.Uri;
                break;
        }

        return base.SendAsync(request, cancellationToken);
    }
}
