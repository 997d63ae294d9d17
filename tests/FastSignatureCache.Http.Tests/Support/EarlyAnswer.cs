using System.Net;

namespace FastSignatureCache.Http.Tests.Support;

/// <summary>An upstream that answers while it still takes in the body.</summary>
internal sealed class EarlyAnswer(Action<HttpContent> takeIn) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        takeIn(request.Content!);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.TooManyRequests));
    }
}
