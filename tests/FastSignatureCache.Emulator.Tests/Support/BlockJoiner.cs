using System.Text.Json.Nodes;

namespace FastSignatureCache.Emulator.Tests.Support;

/// <summary>Joins an Anthropic stream's events to the blocks they make.</summary>
internal static class BlockJoiner
{
    public static JsonArray BlocksOf(Reply reply)
    {
        if (reply.Events[0]["content"] is JsonArray whole)
            return whole.DeepClone().AsArray();
        var blocks = new JsonArray();
        var input = "";
        foreach (var item in reply.Events)
        {
            switch (item["type"]!.GetValue<string>())
            {
                case "content_block_start":
                    blocks.Add(item["content_block"]!.DeepClone());
                    input = "";
                    break;
                case "content_block_delta":
                    input += Join(blocks[^1]!.AsObject(), item["delta"]!.AsObject());
                    break;
                case "content_block_stop" when input.Length > 0:
                    blocks[^1]!["input"] = JsonNode.Parse(input);
                    break;
            }
        }
        return blocks;
    }

    /// <summary>Joins a delta to its block, or returns its piece of an input.</summary>
    private static string Join(JsonObject block, JsonObject delta)
    {
        if (delta["partial_json"] is { } piece)
            return piece.GetValue<string>();
        var (name, value) = delta.Single(member => member.Key != "type");
        block[name] = block[name]!.GetValue<string>() + value!.GetValue<string>();
        return "";
    }
}
