using System.Text.Json;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Emulator.Scripting;

/// <summary>
/// Makes a call's arguments from the tool's schema. The same schema always gives the same arguments: conversations that look
/// alike are what a cache of signatures has to tell apart.
/// </summary>
internal static class ArgumentMaker
{
    private const int MaxDepth = 8;

    public static JsonObject Make(JsonObject? schema) => MakeObject(schema, 0);

    private static JsonObject MakeObject(JsonObject? schema, int depth)
    {
        var made = new JsonObject();
        if (schema?["properties"] is not JsonObject properties)
            return made;
        var required = (schema["required"] as JsonArray)?.Select(TextOf).ToHashSet();
        var ordinal = 0;
        foreach (var (name, property) in properties)
        {
            ordinal++;
            if (required?.Contains(name) ?? true)
                made[name] = MakeValue(property as JsonObject, ordinal, depth + 1);
        }
        return made;
    }

    private static JsonNode? MakeValue(JsonObject? schema, int ordinal, int depth)
    {
        if (schema is null || depth > MaxDepth)
            return null;
        if (schema["enum"] is JsonArray { Count: > 0 } choices)
            return choices[0]?.DeepClone();
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray { Count: > 0 } alternatives)
            return MakeValue(alternatives[0] as JsonObject, ordinal, depth + 1);
        return TypeOf(schema) switch
        {
            "string" => "value",
            "integer" => ordinal + 1,
            "number" => ordinal + 0.5,
            "boolean" => true,
            "array" => new JsonArray([MakeValue(schema["items"] as JsonObject, ordinal, depth + 1)]),
            "object" => MakeObject(schema, depth),
            _ => null,
        };
    }

    // Gemini writes STRING, JSON schema writes string or ["string", "null"].
    private static string? TypeOf(JsonObject schema)
    {
        var type = schema["type"] is JsonArray { Count: > 0 } types ? types[0] : schema["type"];
        return TextOf(type)?.ToLowerInvariant() ?? (schema.ContainsKey("properties") ? "object" : null);
    }

    private static string? TextOf(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
