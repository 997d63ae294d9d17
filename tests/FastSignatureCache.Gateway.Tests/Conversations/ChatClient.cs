using System.Text.Json.Nodes;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>A client of the OpenAI-compatible protocol.</summary>
internal sealed class ChatClient(HttpClient http) : ConversationClient(http)
{
    private const string ToolsJson = """
        [{"type":"function","function":{"name":"read","parameters":{"type":"object","properties":{"path":{"type":"string"}}}}}]
        """;

    public const string Vertex = "v1/projects/p/locations/global/endpoints/openapi/chat/completions";
    public const string OpenRouter = "api/v1/chat/completions";

    /// <summary>Where it asks: the Gemini API's path, or that of another upstream of this form.</summary>
    public string Endpoint { get; init; } = "v1beta/openai/chat/completions";

    protected override string Path => Endpoint;

    protected override (string Header, string Value) Credential => ("Authorization", $"Bearer {Key}");

    protected override JsonObject CreateBody() => new()
    {
        ["model"] = Model,
        ["messages"] = History.DeepClone(),
        ["tools"] = JsonNode.Parse(ToolsJson),
        ["stream"] = Form == AnswerForm.ServerSentEvents,
    };

    protected override void AddUser(string text) => Add("user", text);

    protected override void AddModel(Said said)
    {
        JsonObject message = Add("assistant", said.Text.Length > 0 ? said.Text : null);
        if (KeepsSignatures)
        {
            History[^1] = LastAnswer[0]["choices"]![0]!["message"]!.DeepClone();
        }

        if (said.Calls.Count == 0)
        {
            return;
        }

        message["tool_calls"] = new JsonArray([.. said.Calls.Select(call => WithId("id", call, new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
        }))]);
        foreach (SaidCall call in said.Calls)
        {
            WithId("tool_call_id", call, Add("tool", ToolResult));
        }
    }

    protected override Said Read(IReadOnlyList<JsonObject> answer)
    {
        var messages = answer.SelectMany(item => item["choices"]!.AsArray()).Select(choice => choice!["message"] ?? choice["delta"]!).ToList();
        // In a stream the pieces of one call share an index; a whole message has its calls in order, without.
        var calls = messages
            .SelectMany(message => message["tool_calls"]?.AsArray() ?? [])
            .Select((piece, position) => (Index: (int?)piece!["index"] ?? position, Call: piece))
            .GroupBy(piece => piece.Index, piece => piece.Call);
        return new Said(
            string.Concat(messages.Select(message => (string?)message["content"])),
            [.. calls.Select(pieces => new SaidCall(
                (string?)pieces.First()["id"], Join(pieces, "name"), Join(pieces, "arguments")))]);
    }

    private JsonObject Add(string role, string? content)
    {
        var message = new JsonObject { ["role"] = role, ["content"] = content };
        History.Add(message);
        return message;
    }

    private static JsonObject WithId(string member, SaidCall call, JsonObject of)
    {
        if (call.Id is not null)
        {
            of[member] = call.Id;
        }

        return of;
    }

    private static string Join(IEnumerable<JsonNode> pieces, string member) =>
        string.Concat(pieces.Select(piece => (string?)piece["function"]?[member]));
}
