using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Scripting;

namespace FastSignatureCache.Emulator.Anthropic;

/// <summary>An answer as the blocks of a message: reasoning, then text, then calls.</summary>
internal static class AnthropicBlocks
{
    public static IEnumerable<JsonObject> Of(Answer answer)
    {
        foreach (var block in answer.Thinking)
            yield return block.Redacted ? Redacted(block.Signature) : Thinking(block.Text, block.Signature);
        if (answer.Text is not null)
            yield return Text(answer.Text);
        foreach (var call in answer.Calls)
            yield return ToolUse(call, call.Arguments);
    }

    public static JsonObject Thinking(string text, string signature) =>
        new() { ["type"] = "thinking", ["thinking"] = text, ["signature"] = signature };

    public static JsonObject Redacted(string data) => new() { ["type"] = "redacted_thinking", ["data"] = data };

    public static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    public static JsonObject ToolUse(AnswerCall call, JsonObject input) =>
        new() { ["type"] = "tool_use", ["id"] = call.Id, ["name"] = call.Name, ["input"] = input.DeepClone() };
}
