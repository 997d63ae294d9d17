using System.Text.Json.Nodes;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>A client of Anthropic's messages that has the model think. Calls keep their ids, without which results can't be sent.</summary>
internal sealed class ClaudeClient(HttpClient http) : ConversationClient(http)
{
    private const string ToolsJson = """
        [{"name":"read","input_schema":{"type":"object","properties":{"path":{"type":"string"}}}}]
        """;

    protected override string Path => "v1/messages";

    protected override (string Header, string Value) Credential => ("x-api-key", Key);

    protected override JsonObject CreateBody() => new()
    {
        ["model"] = Model,
        ["max_tokens"] = 8_000,
        ["thinking"] = new JsonObject { ["type"] = "enabled", ["budget_tokens"] = 2_000 },
        ["messages"] = History.DeepClone(),
        ["tools"] = JsonNode.Parse(ToolsJson),
        ["stream"] = Form == AnswerForm.ServerSentEvents,
    };

    protected override void AddUser(string text) => Add("user", Text(text));

    protected override void AddModel(Said said)
    {
        if (KeepsSignatures)
        {
            History.Add(new JsonObject { ["role"] = "assistant", ["content"] = LastAnswer[0]["content"]!.DeepClone() });
        }
        else
        {
            JsonObject[] calls = [.. said.Calls.Select(static call => new JsonObject
            {
                ["type"] = "tool_use", ["id"] = call.Id, ["name"] = call.Name, ["input"] = JsonNode.Parse(call.Arguments),
            })];
            Add("assistant", said.Text.Length > 0 ? [Text(said.Text), .. calls] : calls);
        }

        if (said.Calls.Count > 0)
        {
            Add("user", [.. said.Calls.Select(call => new JsonObject
            {
                ["type"] = "tool_result", ["tool_use_id"] = call.Id, ["content"] = ToolResult,
            })]);
        }
    }

    protected override Said Read(IReadOnlyList<JsonObject> answer)
    {
        if (Form == AnswerForm.Json)
        {
            List<JsonNode?> blocks = [.. answer[0]["content"]!.AsArray()];
            return new Said(
                string.Concat(blocks.Select(static block => (string?)block!["text"])),
                [.. blocks.Where(IsCall).Select(static call => ToCall(call!, call!["input"]!.ToJsonString()))]);
        }

        List<JsonObject> calls = [.. answer.Where(static one => IsCall(one["content_block"]))];
        return new Said(
            string.Concat(answer.Select(static one => (string?)one["delta"]?["text"])),
            [.. calls.Select(call => ToCall(call["content_block"]!, Input(answer, (int)call["index"]!)))]);
    }

    private static bool IsCall(JsonNode? block) => (string?)block?["type"] == "tool_use";

    private static SaidCall ToCall(JsonNode block, string input) => new((string?)block["id"], (string)block["name"]!, input);

    private static string Input(IReadOnlyList<JsonObject> events, int index)
    {
        string input = string.Concat(events
            .Where(one => (int?)one["index"] == index)
            .Select(static one => (string?)one["delta"]?["partial_json"]));
        return input.Length > 0 ? input : "{}";
    }

    private void Add(string role, params JsonNode[] blocks) =>
        History.Add(new JsonObject { ["role"] = role, ["content"] = new JsonArray(blocks) });

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };
}
