using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.OpenAi;

/// <summary>Reads the body of <c>chat/completions</c> into the contents that Gemini's own endpoint makes of it.</summary>
internal static class OpenAiRequestReader
{
    public static Conversation Read(JsonElement body, string mark)
    {
        var system = "";
        var contents = new List<Content>();
        var afterTool = false;
        foreach (var message in body.Items("messages"))
        {
            var role = message.Text("role");
            if (role is "system" or "developer")
                system += TextOf(message.Member("content"));
            else if (role == "tool" && afterTool)
                contents[^1] = new Content(false, [.. contents[^1].Parts, new Part(PartKind.Response)]);
            else if (role == "tool")
                contents.Add(new Content(false, [new Part(PartKind.Response)]));
            else if (role == "assistant")
                contents.Add(new Content(true, ReadAssistant(message)));
            else
                contents.Add(new Content(false, [new Part(PartKind.Text) { Text = TextOf(message.Member("content")) }]));
            afterTool = role == "tool";
        }
        return new Conversation(ModelOf(body), system, contents, ReadTools(body), mark);
    }

    // "models/gemini-3-pro-preview" and OpenRouter's and Vertex's "google/gemini-3-pro-preview" name the same model.
    private static string ModelOf(JsonElement body) => (body.Text("model") ?? "").Split('/')[^1];

    private static List<Part> ReadAssistant(JsonElement message)
    {
        var parts = new List<Part>();
        var calls = message.Items("tool_calls").ToList();
        var details = new ReasoningDetails(message);
        var text = TextOf(message.Member("content"));
        var signature = OpenAiSignature.Read(message) ?? details.WithoutCall(calls.Count > 0);
        if (text.Length > 0 || signature is not null)
            parts.Add(new Part(PartKind.Text) { Text = text, Signature = signature });
        foreach (var (index, call) in calls.Index())
            parts.Add(ReadCall(call, index, details));
        return parts;
    }

    private static Part ReadCall(JsonElement call, int index, ReasoningDetails details)
    {
        var function = call.Member("function") ?? throw new JsonException();
        var id = call.Text("id");
        return new Part(PartKind.Call)
        {
            Name = function.Text("name") ?? "",
            Id = id,
            Arguments = ReadArguments(function.Text("arguments")),
            Signature = OpenAiSignature.Read(call) ?? details.ForCall(id, index),
        };
    }

    private static string ReadArguments(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "{}";
        using var arguments = JsonDocument.Parse(text);
        return CanonicalJson.Of(arguments.RootElement);
    }

    private static string TextOf(JsonElement? content) => content switch
    {
        null => "",
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray()
            .Select(part => part.Text("text") ?? CanonicalJson.Of(part))),
        { } text => text.GetString()!,
    };

    private static List<Tool> ReadTools(JsonElement body)
    {
        if (body.Member("tool_choice") is { ValueKind: JsonValueKind.String } choice && choice.GetString() == "none")
            return [];
        return body.Items("tools")
            .Select(tool => tool.Member("function"))
            .OfType<JsonElement>()
            .Select(function => new Tool(
                function.Text("name") ?? "",
                function.Member("parameters") is { } schema ? JsonObject.Create(schema.Clone()) : null))
            .ToList();
    }
}
