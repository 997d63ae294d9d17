using System.Text.Json.Nodes;

namespace FastSignatureCache.Gateway.Demo.Clients;

/// <summary>A forgetful client of chat completions, Gemini's OpenAI-compatible API.</summary>
internal sealed class ChatClient(HttpClient http, string model, AnswerForm form) : ForgetfulClient(http, form)
{
    private const string Tools = """
        [{"type":"function","function":{"name":"search","parameters":
           {"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}}},
         {"type":"function","function":{"name":"read","parameters":
           {"type":"object","properties":{"page":{"type":"integer"}},"required":["page"]}}}]
        """;

    private readonly JsonArray _messages = [];

    protected override string Path => "v1beta/openai/chat/completions";

    protected override JsonObject CreateBody() => new()
    {
        ["model"] = model,
        ["messages"] = _messages.DeepClone(),
        ["tools"] = JsonNode.Parse(Tools),
        ["stream"] = Form == AnswerForm.Events,
    };

    protected override void AddUserText(string text) => _messages.Add(new JsonObject { ["role"] = "user", ["content"] = text });

    protected override bool AddAnswer(IReadOnlyList<JsonNode> pieces)
    {
        var messages = pieces.Select(piece => piece["choices"]?[0]).Select(choice => choice?["delta"] ?? choice?["message"]).ToList();
        var calls = Join(messages.SelectMany(message => message?["tool_calls"]?.AsArray() ?? []).OfType<JsonNode>());
        var kept = new JsonObject { ["role"] = "assistant", ["content"] = string.Concat(messages.Select(message => message?["content"])) };
        if (calls.Count > 0)
        {
            kept["tool_calls"] = new JsonArray([.. calls]);
        }

        _messages.Add(kept);
        foreach (var call in calls)
        {
            _messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = call["id"]?.DeepClone(), ["content"] = "done" });
        }

        return calls.Count > 0;
    }

    /// <summary>Joins the pieces of each call: the first has its name, all have a piece of its arguments.</summary>
    private static List<JsonObject> Join(IEnumerable<JsonNode> pieces)
    {
        List<JsonObject> calls = [];
        foreach (var piece in pieces)
        {
            var function = piece["function"];
            if (function?["name"] is { } name)
            {
                calls.Add(new JsonObject
                {
                    ["id"] = piece["id"]?.DeepClone(),
                    ["type"] = "function",
                    ["function"] = new JsonObject { ["name"] = name.DeepClone(), ["arguments"] = "" },
                });
            }

            if (function?["arguments"] is { } arguments)
            {
                var whole = calls[^1]["function"]!;
                whole["arguments"] = whole["arguments"]!.GetValue<string>() + arguments.GetValue<string>();
            }
        }

        return calls;
    }
}
