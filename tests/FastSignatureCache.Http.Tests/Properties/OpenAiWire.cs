using System.Text.Json.Nodes;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Properties;

internal sealed class OpenAiWire : IWire
{
    public string Path => Rig.OpenAiPath;

    public JsonObject Request(IEnumerable<JsonObject> entries) => new()
    {
        ["messages"] = new JsonArray([.. entries.Select(static entry => entry.DeepClone())]),
        ["model"] = "gemini-3-pro",
    };

    public JsonObject Answer(JsonObject model) => new()
    {
        ["choices"] = new JsonArray(new JsonObject { ["message"] = model.DeepClone(), ["finish_reason"] = "stop" }),
    };

    public JsonObject User(string text) => new() { ["role"] = "user", ["content"] = text };

    public JsonObject Model(
        string? text, IReadOnlyList<(string Name, string? Id, JsonObject Arguments)> calls, string? signature)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = text };
        JsonObject signed = message;
        if (calls.Count > 0)
        {
            JsonObject[] toolCalls = [.. calls.Select(static call =>
            {
                var toolCall = new JsonObject
                {
                    ["type"] = "function",
                    ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments.ToJsonString() },
                };
                if (call.Id is not null)
                {
                    toolCall["id"] = call.Id;
                }

                return toolCall;
            })];
            message["tool_calls"] = new JsonArray([.. toolCalls]);
            signed = toolCalls[0];
        }

        if (signature is not null)
        {
            signed["extra_content"] = new JsonObject { ["google"] = new JsonObject { ["thought_signature"] = signature } };
        }

        return message;
    }

    public IEnumerable<JsonObject> Results(IReadOnlyList<(string Name, string? Id, JsonObject Arguments)> calls) =>
        calls.Select(static call => new JsonObject { ["role"] = "tool", ["tool_call_id"] = call.Id, ["content"] = "ok" });

    public string Inserted(string signature) =>
        ",\"extra_content\":{\"google\":{\"thought_signature\":\"" + signature + "\"}}";
}
