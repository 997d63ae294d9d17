using Yarp.ReverseProxy.Forwarder;

namespace FastSignatureCache.Gateway.Forwarding;

/// <summary>Makes the request to the upstream: as the client sent it, but for the host. Disposes of it too.</summary>
internal sealed class UpstreamTransformer(Uri url) : HttpTransformer, IDisposable
{
    // YARP leaves these to the handler's propagator. There is none: the upstream gets the client's trace, and not the gateway's between them.
    private static readonly string[] TraceHeaders = ["traceparent", "tracestate", "baggage", "Request-Id", "Correlation-Context"];

    private HttpRequestMessage? _request;

    public void Dispose() => _request?.Dispose();

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken).ConfigureAwait(false);
        proxyRequest.RequestUri = url;
        // YARP leaves the request to the garbage collector; its body is in pooled memory.
        _request = proxyRequest;
        // The upstream's own name, from the URL.
        proxyRequest.Headers.Host = null;
        foreach (var name in TraceHeaders)
        {
            if (httpContext.Request.Headers.TryGetValue(name, out var values) && !proxyRequest.Headers.NonValidated.Contains(name))
            {
                proxyRequest.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
    }
}
