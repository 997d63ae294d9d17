using System.Net;
using System.Text;

namespace FastSignatureCache.Http.Tests.Support;

/// <summary>An upstream that remembers what reached it and answers what it is told.</summary>
internal sealed class StubUpstream : HttpMessageHandler
{
    /// <summary>The bodies that reached it, in order.</summary>
    public List<byte[]> Bodies { get; } = [];

    /// <summary>The last body as text.</summary>
    public string Body => Encoding.UTF8.GetString(Bodies[^1]);

    /// <summary>The last request.</summary>
    public HttpRequestMessage? Request { get; private set; }

    /// <summary>What it answers next.</summary>
    public Func<HttpResponseMessage> Answer { get; set; } = () => Json("{}");

    public static HttpResponseMessage Json(string body) => Content(body, "application/json");

    public static HttpResponseMessage Events(string body) => Content(body, "text/event-stream");

    public static HttpResponseMessage Stream(Stream body, string mediaType) => new(HttpStatusCode.OK)
    {
        Content = new StreamContent(body) { Headers = { ContentType = new(mediaType) } },
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Request = request;
        using var body = new MemoryStream();
        if (request.Content is not null)
        {
            await request.Content.CopyToAsync(body, cancellationToken);
        }

        Bodies.Add(body.ToArray());
        return Answer();
    }

    private static HttpResponseMessage Content(string body, string mediaType) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(body, Encoding.UTF8, mediaType),
    };
}
