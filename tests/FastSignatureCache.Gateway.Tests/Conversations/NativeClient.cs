using System.Text.Json.Nodes;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>A client of Gemini's native protocol.</summary>
internal sealed class NativeClient(HttpClient http) : ConversationClient(http)
{
    private const string ToolsJson = """
        [{"functionDeclarations":[{"name":"read","parameters":{"type":"OBJECT","properties":{"path":{"type":"STRING"}}}}]}]
        """;

    protected override string Path => $"v1beta/models/{Model}:" + Form switch
    {
        AnswerForm.Json => "generateContent",
        AnswerForm.ServerSentEvents => "streamGenerateContent?alt=sse",
        _ => "streamGenerateContent",
    };

    protected override (string Header, string Value) Credential => ("x-goog-api-key", Key);

    protected override JsonObject CreateBody() =>
        new() { ["contents"] = History.DeepClone(), ["tools"] = JsonNode.Parse(ToolsJson) };

    protected override void AddUser(string text) => Add("user", Text(text));

    protected override void AddModel(Said said)
    {
        JsonObject[] calls = [.. said.Calls.Select(call => Function("functionCall", call, "args", JsonNode.Parse(call.Arguments)!))];
        if (KeepsSignatures)
        {
            History.Add(LastAnswer[0]["candidates"]![0]!["content"]!.DeepClone());
        }
        else
        {
            Add("model", said.Text.Length > 0 ? [Text(said.Text), .. calls] : calls);
        }

        if (calls.Length > 0)
        {
            Add("user", [.. said.Calls.Select(call =>
                Function("functionResponse", call, "response", new JsonObject { ["result"] = ToolResult }))]);
        }
    }

    protected override Said Read(IReadOnlyList<JsonObject> answer)
    {
        var parts = answer.SelectMany(item => item["candidates"]![0]!["content"]!["parts"]!.AsArray()).ToList();
        var calls = parts.Select(part => part!["functionCall"]).Where(call => call is not null);
        return new Said(
            string.Concat(parts.Select(part => (string?)part!["text"])),
            [.. calls.Select(call => new SaidCall((string?)call!["id"], (string)call["name"]!, call["args"]!.ToJsonString()))]);
    }

    private void Add(string role, params JsonNode[] parts) =>
        History.Add(new JsonObject { ["role"] = role, ["parts"] = new JsonArray(parts) });

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonObject Function(string kind, SaidCall call, string member, JsonNode value)
    {
        var function = new JsonObject { ["name"] = call.Name, [member] = value };
        if (call.Id is not null)
        {
            function["id"] = call.Id;
        }

        return new JsonObject { [kind] = function };
    }
}
