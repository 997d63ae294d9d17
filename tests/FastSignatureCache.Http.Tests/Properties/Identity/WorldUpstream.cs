using System.Net;

namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>An upstream that keeps the last request only, since there are millions of them.</summary>
internal sealed class WorldUpstream : HttpMessageHandler
{
    public string Body { get; private set; } = "";

    /// <summary>Told of each request before it is answered, while the cache still has what the request was restored from.</summary>
    public Action<string> OnRequest { get; set; } = _ => { };

    /// <summary>What it answers; null for nothing.</summary>
    public string? Answer { get; set; }

    public string MediaType { get; set; } = "application/json";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Body = await request.Content!.ReadAsStringAsync(cancellationToken);
        OnRequest(Body);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Answer ?? "{}", null, MediaType) };
    }
}
