using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Hosting;
using FastSignatureCache.Emulator.Scripting;

namespace FastSignatureCache.Emulator.Anthropic;

/// <summary>An answer as the events of a stream, each block from its start to its stop before the next.</summary>
internal sealed class AnthropicEvents(int eventLength)
{
    public IEnumerable<JsonObject> Of(JsonObject emptyMessage, Answer answer, JsonObject end)
    {
        yield return new JsonObject { ["type"] = "message_start", ["message"] = emptyMessage };
        var index = 0;
        foreach (var (start, deltas) in BlocksOf(answer))
        {
            yield return new JsonObject { ["type"] = "content_block_start", ["index"] = index, ["content_block"] = start };
            if (index == 0)
                yield return new JsonObject { ["type"] = "ping" };
            foreach (var delta in deltas)
                yield return new JsonObject { ["type"] = "content_block_delta", ["index"] = index, ["delta"] = delta };
            yield return new JsonObject { ["type"] = "content_block_stop", ["index"] = index++ };
        }
        yield return end;
        yield return new JsonObject { ["type"] = "message_stop" };
    }

    private IEnumerable<(JsonObject Start, IEnumerable<JsonObject> Deltas)> BlocksOf(Answer answer)
    {
        foreach (var block in answer.Thinking)
        {
            // A redacted block is whole in its start.
            yield return block.Redacted
                ? (AnthropicBlocks.Redacted(block.Signature), [])
                : (AnthropicBlocks.Thinking("", ""), [.. Pieces("thinking", block.Text), Delta("signature", block.Signature)]);
        }
        if (answer.Text is not null)
            yield return (AnthropicBlocks.Text(""), Pieces("text", answer.Text));
        foreach (var call in answer.Calls)
            yield return (AnthropicBlocks.ToolUse(call, []), InputOf(call));
    }

    // The first piece of an input is always empty.
    private IEnumerable<JsonObject> InputOf(AnswerCall call)
    {
        foreach (var piece in TextPieces.Of(call.Arguments.ToJsonString(), eventLength).Prepend(""))
            yield return new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = piece };
    }

    private IEnumerable<JsonObject> Pieces(string name, string text) =>
        TextPieces.Of(text, eventLength).Select(piece => Delta(name, piece));

    private static JsonObject Delta(string name, string value) => new() { ["type"] = $"{name}_delta", [name] = value };
}
