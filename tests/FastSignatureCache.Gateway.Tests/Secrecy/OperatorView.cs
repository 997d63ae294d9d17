using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FastSignatureCache.AspNetCore;

namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>All that a gateway answers itself to whoever watches over it.</summary>
internal sealed class OperatorView(HttpClient http, Observations seen)
{
    private const string Api = "signature-cache/api/";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    /// <summary>Asks for everything, and then does everything, with the clearing last.</summary>
    public async Task LookAtEverythingAsync()
    {
        string[] paths =
        [
            "signature-cache", "signature-cache/", .. Assets(), Api + "metrics", Api + "openapi.json", "metrics", "healthz/live", "healthz/ready",
        ];
        foreach (var path in paths)
        {
            await AskAsync(HttpMethod.Get, path);
        }

        await WatchStreamAsync();
        var entries = await PageThroughAsync();
        if (entries.FirstOrDefault() is { } entry)
        {
            var conversation = Uri.EscapeDataString((string)entry["conversation"]!);
            var query = $"conversation={conversation}&model={Uri.EscapeDataString((string)entry["model"]!)}";
            Assert.Contains((string)entry["id"]!, await AskAsync(HttpMethod.Get, $"{Api}entries?{query}"), StringComparison.Ordinal);
            await AskAsync(HttpMethod.Delete, $"{Api}entries/{(string)entry["id"]!}");
        }

        await AskAsync(HttpMethod.Post, Api + "cleanup");
        await AskAsync(HttpMethod.Post, Api + "clear");
    }

    /// <summary>Asks for one thing, whatever is answered.</summary>
    public async Task<HttpStatusCode> TryAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request, Ended);
        await ReadAsync(response, $"{request.Method} {request.RequestUri}".Split('?')[0]);
        return response.StatusCode;
    }

    private static IEnumerable<string> Assets() => typeof(SignatureCacheEndpointOptions).Assembly.GetManifestResourceNames()
        .Where(static name => name.StartsWith("page/", StringComparison.Ordinal) && name != "page/index.html")
        .Select(static name => "signature-cache/" + name["page/".Length..]);

    private async Task<string> AskAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await http.SendAsync(request, Ended);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.Redirect, $"{path}: {response.StatusCode}");
        return await ReadAsync(response, path.Split('?')[0]);
    }

    private async Task<string> ReadAsync(HttpResponseMessage response, string path)
    {
        var body = await response.Content.ReadAsStringAsync(Ended);
        seen.Add($"answer to {path}", $"{(int)response.StatusCode} {response.ReasonPhrase}\n{response.Headers}{response.Content.Headers}\n{body}");
        return body;
    }

    private async Task WatchStreamAsync()
    {
        using var stream = new StreamReader(await http.GetStreamAsync(Api + "metrics/stream", Ended), Encoding.UTF8);
        while (await stream.ReadLineAsync(Ended) is { Length: > 0 } line)
        {
            seen.Add("event of the stream", line);
        }
    }

    private async Task<List<JsonNode>> PageThroughAsync()
    {
        List<JsonNode> entries = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = JsonNode.Parse(await AskAsync(HttpMethod.Get, $"{Api}entries?limit=7&cursor={Uri.EscapeDataString(cursor)}"))!;
            entries.AddRange(page["entries"]!.AsArray()!);
            cursor = (string?)page["nextCursor"];
        }

        return entries;
    }
}
