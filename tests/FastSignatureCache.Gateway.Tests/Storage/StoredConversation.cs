using FastSignatureCache.Gateway.Tests.Conversations;
using FastSignatureCache.Gateway.Tests.Support;

namespace FastSignatureCache.Gateway.Tests.Storage;

/// <summary>Conversations of clients that drop every signature, one in each form, each in the midst of its tool loop.</summary>
internal sealed class StoredConversation : IDisposable
{
    private const string FourCalls = "Read the files. [steps: 1,2,1,1]";

    private readonly MovingHandler _way = new();
    private readonly HttpClient _http;
    private readonly ConversationClient[] _clients;

    public StoredConversation()
    {
        _http = _way.CreateClient();
        _clients =
        [
            new NativeClient(_http) { Form = AnswerForm.Json, Mark = "json" },
            new NativeClient(_http) { Form = AnswerForm.ServerSentEvents, Mark = "events", Model = "gemini-3-flash-preview" },
            new NativeClient(_http) { Form = AnswerForm.JsonArray, Mark = "array", Key = "another", KeepsCallIds = true },
            new ChatClient(_http) { Form = AnswerForm.Json, Mark = "chat", Key = "a third", KeepsCallIds = true },
            new ChatClient(_http) { Form = AnswerForm.ServerSentEvents, Mark = "chat events", Key = "a fourth" },
        ];
        foreach (var client in _clients)
        {
            client.Say(FourCalls);
        }
    }

    /// <summary>What upstreams have refused.</summary>
    public IEnumerable<string> Refusals => _clients.Select(client => client.Refusal).OfType<string>();

    public bool IsOver => _clients.All(client => client.IsOver);

    /// <summary>One more request and its answer, through a gateway.</summary>
    public async Task StepAsync(Uri gateway)
    {
        _way.Target = gateway;
        await Task.WhenAll(_clients.Select(client => client.StepAsync()));
    }

    public void Dispose()
    {
        _http.Dispose();
        _way.Dispose();
    }
}
