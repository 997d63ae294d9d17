using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.AspNetCore.Access;

/// <summary>Requests that change something and were sent by a page of another site, in the name of whoever looks at that page.</summary>
/// <remarks>
/// Browsers say where a request comes from in <c>Sec-Fetch-Site</c> (W3C Fetch Metadata), and, where the connection isn't trustworthy, in
/// <c>Origin</c> alone, which they send with everything but GET and HEAD. A request with neither is no browser's.
/// </remarks>
internal static class CrossSiteRequest
{
    public static bool IsRefused(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site.ToString() is not ("same-origin" or "none");
        }

        // By host alone: behind a proxy that ends TLS the scheme is another one here than in the browser.
        return request.Headers.TryGetValue("Origin", out var origin)
            && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var uri)
                && new HostString(uri.Authority).Equals(request.Host));
    }
}
