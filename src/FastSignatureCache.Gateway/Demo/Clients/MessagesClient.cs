using System.Text.Json.Nodes;

namespace FastSignatureCache.Gateway.Demo.Clients;

/// <summary>A forgetful client of Anthropic's messages: it has no use for thinking.</summary>
internal sealed class MessagesClient(HttpClient http, string model, AnswerForm form) : ForgetfulClient(http, form)
{
    private const string Tools = """
        [{"name":"search","input_schema":{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}},
         {"name":"read","input_schema":{"type":"object","properties":{"page":{"type":"integer"}},"required":["page"]}}]
        """;

    private readonly JsonArray _messages = [];

    protected override string Path => "v1/messages";

    protected override JsonObject CreateBody() => new()
    {
        ["model"] = model,
        ["max_tokens"] = 4096,
        ["thinking"] = new JsonObject { ["type"] = "enabled", ["budget_tokens"] = 1024 },
        ["messages"] = _messages.DeepClone(),
        ["tools"] = JsonNode.Parse(Tools),
        ["stream"] = Form == AnswerForm.Events,
    };

    protected override void AddUserText(string text) => _messages.Add(Message("user", new JsonObject { ["type"] = "text", ["text"] = text }));

    protected override bool AddAnswer(IReadOnlyList<JsonNode> pieces)
    {
        var blocks = Form == AnswerForm.Events ? Join(pieces) : pieces[0]["content"]!.AsArray().OfType<JsonNode>();
        var kept = blocks.Where(block => block["type"]?.GetValue<string>() is "text" or "tool_use").Select(block => block.DeepClone()).ToList();
        var results = kept.Select(block => block["id"]).OfType<JsonNode>().Select(Result).ToArray();
        _messages.Add(Message("assistant", [.. kept]));
        if (results.Length > 0)
        {
            _messages.Add(Message("user", results));
        }

        return results.Length > 0;
    }

    private static JsonObject Message(string role, params JsonNode[] blocks) =>
        new() { ["role"] = role, ["content"] = new JsonArray(blocks) };

    private static JsonNode Result(JsonNode id) =>
        new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = id.DeepClone(), ["content"] = "done" };

    /// <summary>Joins the pieces of each block: one begins it, the next add to its text or input.</summary>
    private static List<JsonNode> Join(IEnumerable<JsonNode> pieces)
    {
        List<JsonNode> blocks = [];
        var input = "";
        foreach (var piece in pieces)
        {
            if (piece["content_block"] is { } block)
            {
                blocks.Add(block);
                input = "";
            }
            else if (piece["delta"]?["text"] is { } text)
            {
                blocks[^1]["text"] = blocks[^1]["text"]!.GetValue<string>() + text.GetValue<string>();
            }
            else if (piece["delta"]?["partial_json"] is { } json)
            {
                input += json.GetValue<string>();
            }
            else if (piece["type"]?.GetValue<string>() == "content_block_stop" && input.Length > 0)
            {
                blocks[^1]["input"] = JsonNode.Parse(input);
            }
        }

        return blocks;
    }
}
