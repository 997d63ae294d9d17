using System.Text.Json.Nodes;

namespace FastSignatureCache.Gateway.Demo.Clients;

/// <summary>A forgetful client of Gemini's native API.</summary>
internal sealed class GeminiClient(HttpClient http, string model, AnswerForm form) : ForgetfulClient(http, form)
{
    private const string Tools = """
        [{"functionDeclarations":[
          {"name":"search","parameters":{"type":"OBJECT","properties":{"query":{"type":"STRING"}},"required":["query"]}},
          {"name":"read","parameters":{"type":"OBJECT","properties":{"page":{"type":"INTEGER"}},"required":["page"]}}]}]
        """;

    private readonly JsonArray _contents = [];

    /// <summary>Whether it also drops the ids of calls.</summary>
    public bool DropsIds { get; init; }

    protected override string Path => $"v1beta/models/{model}:" + Form switch
    {
        AnswerForm.Json => "generateContent",
        AnswerForm.JsonArray => "streamGenerateContent",
        _ => "streamGenerateContent?alt=sse",
    };

    protected override JsonObject CreateBody() => new() { ["contents"] = _contents.DeepClone(), ["tools"] = JsonNode.Parse(Tools) };

    protected override void AddUserText(string text) => _contents.Add(Content("user", new JsonObject { ["text"] = text }));

    protected override bool AddAnswer(IReadOnlyList<JsonNode> pieces)
    {
        var parts = pieces.SelectMany(piece => piece["candidates"]?[0]?["content"]?["parts"]?.AsArray() ?? []).ToList();
        var text = string.Concat(parts.Select(part => part?["text"]));
        var calls = parts.Select(part => part?["functionCall"]).OfType<JsonNode>().ToList();
        var kept = calls.Select(call => new JsonObject { ["functionCall"] = Keep(call, "args") }).ToList();
        if (text.Length > 0)
        {
            kept.Insert(0, new JsonObject { ["text"] = text });
        }

        _contents.Add(Content("model", [.. kept]));
        if (calls.Count > 0)
        {
            _contents.Add(Content("user", [.. calls.Select(Result)]));
        }

        return calls.Count > 0;
    }

    private static JsonObject Content(string role, params JsonNode[] parts) => new() { ["role"] = role, ["parts"] = new JsonArray(parts) };

    private JsonNode Result(JsonNode call)
    {
        var result = Keep(call, null);
        result["response"] = new JsonObject { ["result"] = "done" };
        return new JsonObject { ["functionResponse"] = result };
    }

    private JsonObject Keep(JsonNode call, string? arguments)
    {
        var kept = new JsonObject { ["name"] = call["name"]?.DeepClone() };
        if (!DropsIds && call["id"] is { } id)
        {
            kept["id"] = id.DeepClone();
        }

        if (arguments is not null)
        {
            kept[arguments] = call[arguments]?.DeepClone();
        }

        return kept;
    }
}
