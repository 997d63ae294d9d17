namespace FastSignatureCache.Gateway.Tests.Clients.Claude;

/// <summary>Sees what a client sends and what answers it gets, before anything of the product does.</summary>
internal sealed class Exchanges : DelegatingHandler
{
    /// <summary>The bodies of the requests.</summary>
    public List<byte[]> Sent { get; } = [];

    /// <summary>The blocks of the answers.</summary>
    public List<IReadOnlyList<AnswerBlock>> Answers { get; } = [];

    /// <summary>Whether the answers come as events.</summary>
    public bool AreStreamed { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Add(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            // It can be read twice then.
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            AreStreamed = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
            Answers.Add(AnswerBlock.OfAnswer(await response.Content.ReadAsByteArrayAsync(cancellationToken), AreStreamed));
        }

        return response;
    }
}
