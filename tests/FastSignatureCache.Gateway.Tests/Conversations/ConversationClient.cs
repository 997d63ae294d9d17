using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>
/// One conversation of a client that keeps of each answer only text, names and arguments: no signature, and no call id unless told
/// to. All such clients offer the same tool, and the model always calls it with the same arguments.
/// </summary>
internal abstract class ConversationClient(HttpClient http)
{
    public string Model { get; init; } = "gemini-3-pro-preview";

    public AnswerForm Form { get; init; }

    /// <summary>The caller's credential.</summary>
    public string Key { get; init; } = "key";

    /// <summary>Whether calls go back under the ids that they came with.</summary>
    public bool KeepsCallIds { get; init; }

    /// <summary>Whether answers go back just as they came, signatures and all. Not in streams.</summary>
    public bool KeepsSignatures { get; init; }

    /// <summary>What tools answer.</summary>
    public string ToolResult { get; init; } = "done";

    /// <summary>Headers beyond those of the protocol.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>
    /// Tells this conversation from all others, for the emulator alone: it then notices every signature that is not of this
    /// conversation, even of one that looks the same.
    /// </summary>
    public string Mark { init => Headers[EmulatorHeaders.Conversation] = value; }

    /// <summary>The model's text when it has ended its turn.</summary>
    public string? Answer { get; private set; }

    /// <summary>What the upstream answered if it refused a request.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether the turn is over, one way or the other.</summary>
    public bool IsOver => Answer is not null || Refusal is not null;

    /// <summary>The last answer's objects as they came.</summary>
    public IReadOnlyList<JsonObject> LastAnswer { get; private set; } = [];

    /// <summary>What goes up with the next request.</summary>
    protected JsonArray History { get; private set; } = [];

    /// <summary>Begins a turn.</summary>
    public void Say(string text)
    {
        AddUser(text);
        Answer = null;
    }

    /// <summary>Takes over all that another client would send next.</summary>
    public void CopyHistory(ConversationClient other) => History = other.History.DeepClone().AsArray();

    /// <summary>Sends the history, and adds to it the answer and the results of its calls.</summary>
    public async Task StepAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using HttpRequestMessage request = CreateRequest();
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            Refusal = await response.Content.ReadAsStringAsync(cancellationToken);
            return;
        }

        Take(await AnswerReader.ReadAsync(response, cancellationToken));
    }

    /// <summary>Adds an answer and the results of its calls to the history.</summary>
    public void Take(IReadOnlyList<JsonObject> answer)
    {
        LastAnswer = answer;
        Said said = Read(LastAnswer);
        if (!KeepsCallIds && !KeepsSignatures)
        {
            said = said.WithoutCallIds();
        }

        AddModel(said);
        if (said.Calls.Count == 0)
        {
            Answer = said.Text;
        }
    }

    /// <summary>Goes on until the model has ended its turn or the upstream has refused a request.</summary>
    public async Task RunAsync()
    {
        while (!IsOver)
        {
            await StepAsync();
        }
    }

    /// <summary>The request that comes next.</summary>
    public HttpRequestMessage CreateRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(CreateBody()) };
        request.Headers.Add(Credential.Header, Credential.Value);
        foreach ((string name, string value) in Headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    protected abstract string Path { get; }

    protected abstract (string Header, string Value) Credential { get; }

    protected abstract JsonObject CreateBody();

    protected abstract void AddUser(string text);

    protected abstract void AddModel(Said said);

    protected abstract Said Read(IReadOnlyList<JsonObject> answer);
}
