using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FastSignatureCache.AspNetCore.Dashboard;

/// <summary>
/// One file of the page, out of the assembly. It is compressed once, when it is first asked for, and that is what stays in memory: the large ones
/// come to a third.
/// </summary>
internal sealed class DashboardAsset(string name, string contentType)
{
    private readonly Lazy<(byte[] Compressed, string Tag)> _content = new(() => Load(name));

    /// <summary>Answers with the file, or with 304 when the browser has it.</summary>
    public IResult Serve(HttpContext context)
    {
        var (compressed, tag) = _content.Value;
        var headers = context.Response.Headers;
        // Kept, but asked about each time: a new version of the program shows at once.
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (!AcceptsGzip(context.Request))
        {
            return TypedResults.Stream(
                new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress), contentType, entityTag: new($"\"{tag}\""));
        }

        headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(compressed, contentType, entityTag: new($"\"{tag}-gzip\""));
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value == "gzip" && coding.Quality is not 0);

    private static (byte[] Compressed, string Tag) Load(string name)
    {
        using var resource = typeof(DashboardAsset).Assembly.GetManifestResourceStream("page/" + name)!;
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            resource.CopyTo(gzip);
        }

        var content = compressed.ToArray();
        return (content, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)));
    }
}
