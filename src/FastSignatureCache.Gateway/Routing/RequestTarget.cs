using Microsoft.AspNetCore.Http.Features;

namespace FastSignatureCache.Gateway.Routing;

/// <summary>
/// The path and query of a request as the client wrote them. ASP.NET Core decodes the path, which can not be undone exactly, and the
/// upstream should see what the client wrote.
/// </summary>
/// <param name="Path">From its first slash, still escaped.</param>
/// <param name="Query">From its question mark, or empty. It may hold a key, so it must not be logged.</param>
internal readonly record struct RequestTarget(string Path, string Query)
{
    public static RequestTarget Of(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (!IsPlain(raw))
        {
            return new RequestTarget(context.Request.Path.ToUriComponent(), context.Request.QueryString.ToUriComponent());
        }

        var query = raw.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? new RequestTarget(raw, "") : new RequestTarget(raw[..query], raw[query..]);
    }

    /// <summary>The same target at another place.</summary>
    /// <param name="prefix">An absolute URL without query or fragment, whose path is put before this one.</param>
    public Uri At(Uri prefix) => new(
        string.Concat(prefix.AbsoluteUri.AsSpan().TrimEnd('/'), Path, Query),
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    // Not the absolute form that clients send to a forward proxy, and nothing that could not stand in a request line.
    private static bool IsPlain(string raw) => raw.StartsWith('/') && !raw.AsSpan().ContainsAnyExceptInRange('!', '~');
}
