using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FastSignatureCache.AspNetCore.Dashboard;

/// <summary>Serves the page: its own files, and the library's scripts and styles, all out of the assembly.</summary>
internal static class DashboardEndpoints
{
    private const string Prefix = "page/";
    private const string Start = "index.html";

    public static void Map(IEndpointRouteBuilder group)
    {
        foreach (var resource in typeof(DashboardEndpoints).Assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var name = resource[Prefix.Length..];
            var asset = new DashboardAsset(name, ContentTypeOf(name));
            group.MapGet(name == Start ? "/" : "/" + name, (HttpContext context) => name == Start ? ServeStart(context, asset) : asset.Serve(context))
                .ExcludeFromDescription();
        }
    }

    // The page's addresses are relative, so that it works under whatever prefix a proxy shows it.
    private static IResult ServeStart(HttpContext context, DashboardAsset page)
    {
        var path = context.Request.Path.Value!;
        return path.EndsWith('/') ? page.Serve(context) : TypedResults.Redirect(path[(path.LastIndexOf('/') + 1)..] + "/");
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
}
