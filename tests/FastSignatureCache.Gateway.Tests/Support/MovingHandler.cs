namespace FastSignatureCache.Gateway.Tests.Support;

/// <summary>Sends a client's requests to a gateway that can be another one each time.</summary>
internal sealed class MovingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>Where the next request goes.</summary>
    public Uri Target { get; set; } = new("http://unset.invalid");

    /// <summary>A client for whom it is always the same address.</summary>
    public HttpClient CreateClient() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://gateway.invalid") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(Target, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
