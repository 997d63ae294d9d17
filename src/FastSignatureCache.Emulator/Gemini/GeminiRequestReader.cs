using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Conversations;
using FastSignatureCache.Emulator.Rules;

namespace FastSignatureCache.Emulator.Gemini;

/// <summary>Reads the body of <c>generateContent</c>.</summary>
internal static class GeminiRequestReader
{
    private static readonly string[] CallMembers = ["id", "name", "args"];

    public static Conversation Read(JsonElement body, string model, string mark)
    {
        var system = body.Member("systemInstruction", "system_instruction") is { } instruction
            ? string.Concat(instruction.Items("parts").Select(part => part.Text("text")))
            : "";
        var contents = body.Items("contents").Select(ReadContent).ToList();
        return new Conversation(model, system, contents, ReadTools(body), mark);
    }

    private static Content ReadContent(JsonElement content, int index) => new(
        content.Text("role") == "model",
        content.Items("parts").Select((part, position) => ReadPart(part, index, position)).ToList());

    private static Part ReadPart(JsonElement part, int index, int position)
    {
        var signature = part.Text("thoughtSignature", "thought_signature");
        if (part.Member("functionCall", "function_call") is { } call)
        {
            foreach (var member in call.EnumerateObject().Where(member => !CallMembers.Contains(member.Name)))
                throw Refusal.Invalid(ErrorTexts.UnknownName(member.Name, index, position));
            return new Part(PartKind.Call)
            {
                Name = call.Text("name") ?? "",
                Id = call.Text("id"),
                Arguments = call.Member("args") is { } arguments ? CanonicalJson.Of(arguments) : "{}",
                Signature = signature,
            };
        }
        if (part.Member("functionResponse", "function_response") is not null)
            return new Part(PartKind.Response) { Signature = signature };
        if (part.Text("text") is { } text)
            return new Part(part.Flag("thought") ? PartKind.Thought : PartKind.Text) { Text = text, Signature = signature };
        return new Part(PartKind.Other) { Text = CanonicalJson.Of(part), Signature = signature };
    }

    private static List<Tool> ReadTools(JsonElement body)
    {
        var config = body.Member("toolConfig", "tool_config")?.Member("functionCallingConfig", "function_calling_config");
        if (config?.Text("mode") == "NONE")
            return [];
        return body.Items("tools")
            .SelectMany(tool => tool.Items("functionDeclarations", "function_declarations"))
            .Select(declaration => new Tool(declaration.Text("name") ?? "", ReadSchema(declaration)))
            .ToList();
    }

    private static JsonObject? ReadSchema(JsonElement declaration)
    {
        var schema = declaration.Member("parameters") ?? declaration.Member("parametersJsonSchema", "parameters_json_schema");
        return schema is { } value ? JsonObject.Create(value.Clone()) : null;
    }
}
