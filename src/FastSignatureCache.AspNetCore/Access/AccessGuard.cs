using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace FastSignatureCache.AspNetCore.Access;

/// <summary>Stands before every endpoint of the group: who gets in, and from which page a change may come.</summary>
internal sealed partial class AccessGuard(IOptions<SignatureCacheEndpointOptions> options, ILogger<AccessGuard>? logger = null)
{
    private readonly AdminKey? _key = options.Value.AdminKey is { } key ? new AdminKey(key) : null;
    private readonly ILogger _logger = logger ?? NullLogger<AccessGuard>.Instance;

    public void Protect(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        var isAuthorizedByHost = HasPolicy(endpoint.Metadata);
        endpoint.RequestDelegate = context => InvokeAsync(context, next, isAuthorizedByHost);
    }

    private Task InvokeAsync(HttpContext context, RequestDelegate next, bool isAuthorizedByHost)
    {
        SetHeaders(context.Response.Headers);
        if ((isAuthorizedByHost ? null : Refuse(context)) is { } refusal)
        {
            LogRefusal(context.Connection.RemoteIpAddress, context.Response.StatusCode = refusal.StatusCode);
            return refusal.ExecuteAsync(context);
        }

        if (CrossSiteRequest.IsRefused(context.Request))
        {
            return Problems.Forbidden("A page of another site may change nothing here.").ExecuteAsync(context);
        }

        return next(context);
    }

    /// <summary>Null when the request may come in.</summary>
    private ProblemHttpResult? Refuse(HttpContext context)
    {
        if (LocalRequest.IsLocal(context) || _key?.IsIn(context.Request.Headers.Authorization.ToString()) == true)
        {
            return null;
        }

        if (_key is null)
        {
            return Problems.Forbidden(
                "Only requests of this machine itself are let in: over loopback, to a loopback name, through no proxy. "
                + "Configure an admin key or an authorization policy to let others in.");
        }

        // For programs, and for browsers, which then ask for a name (any will do) and the key.
        context.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
        context.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Basic realm=\"FastSignatureCache: the admin key is the password\", charset=\"UTF-8\"");
        return Problems.Unauthorized("The admin key is needed: as a bearer token, or as the password of basic authentication.");
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";
        // Bootstrap's styles have their icons in data: URLs; charts and everything else need none.
        headers.ContentSecurityPolicy =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    // The host's authorization has run by then, or the routing throws. AllowAnonymous takes the policy away, so it lets nobody in either.
    private static bool HasPolicy(IEnumerable<object> metadata) =>
        metadata.Any(item => item is IAuthorizeData or AuthorizationPolicy) && !metadata.OfType<IAllowAnonymous>().Any();

    [LoggerMessage(1, LogLevel.Debug, "The signature cache's page or interface was refused to {Address} with {Status}.")]
    private partial void LogRefusal(System.Net.IPAddress? address, int status);
}
