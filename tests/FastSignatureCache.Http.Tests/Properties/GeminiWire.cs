using System.Text.Json.Nodes;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Properties;

internal sealed class GeminiWire : IWire
{
    public string Path => Rig.GeminiPath;

    public JsonObject Request(IEnumerable<JsonObject> entries) => new()
    {
        ["contents"] = new JsonArray([.. entries.Select(static entry => entry.DeepClone())]),
        ["generationConfig"] = new JsonObject { ["temperature"] = 0.5 },
    };

    public JsonObject Answer(JsonObject model) => new()
    {
        ["candidates"] = new JsonArray(new JsonObject { ["content"] = model.DeepClone(), ["finishReason"] = "STOP" }),
    };

    public JsonObject User(string text) => Content("user", new JsonObject { ["text"] = text });

    public JsonObject Model(
        string? text, IReadOnlyList<(string Name, string? Id, JsonObject Arguments)> calls, string? signature)
    {
        var parts = new List<JsonObject>();
        if (text is not null)
        {
            parts.Add(new JsonObject { ["text"] = text });
        }

        foreach ((string name, string? id, JsonObject arguments) in calls)
        {
            var call = new JsonObject { ["name"] = name, ["args"] = arguments.DeepClone() };
            if (id is not null)
            {
                call["id"] = id;
            }

            parts.Add(new JsonObject { ["functionCall"] = call });
        }

        if (signature is not null)
        {
            parts[text is not null && calls.Count > 0 ? 1 : 0]["thoughtSignature"] = signature;
        }

        return Content("model", [.. parts]);
    }

    public IEnumerable<JsonObject> Results(IReadOnlyList<(string Name, string? Id, JsonObject Arguments)> calls) =>
    [
        Content("user", [.. calls.Select(static call => new JsonObject
        {
            ["functionResponse"] = new JsonObject { ["name"] = call.Name, ["response"] = new JsonObject { ["ok"] = true } },
        })]),
    ];

    public string Inserted(string signature) => $",\"thoughtSignature\":\"{signature}\"";

    private static JsonObject Content(string role, params JsonNode[] parts) =>
        new() { ["parts"] = new JsonArray(parts), ["role"] = role };
}
