using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace FastSignatureCache.Gateway.Tests.Clients.Claude;

/// <summary>A block of a message.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Thinking">What thinking says, and its signature or data; empty for other blocks.</param>
/// <param name="Bytes">Thinking as it is written; empty for other blocks, and in streams, which have it in pieces.</param>
internal sealed record AnswerBlock(string Type, string Thinking, string Bytes)
{
    public bool IsThinking => Thinking.Length > 0;

    /// <summary>The blocks of an answer.</summary>
    public static IReadOnlyList<AnswerBlock> OfAnswer(byte[] answer, bool isStream)
    {
        if (isStream)
        {
            return OfEvents(answer);
        }

        using JsonDocument message = JsonDocument.Parse(answer);
        return OfContent(message.RootElement.GetProperty("content"));
    }

    /// <summary>The blocks of each of the model's messages in a request.</summary>
    public static IReadOnlyList<IReadOnlyList<AnswerBlock>> OfRequest(ReadOnlyMemory<byte> request)
    {
        using JsonDocument body = JsonDocument.Parse(request);
        return [.. body.RootElement.GetProperty("messages").EnumerateArray()
            .Where(message => message.GetProperty("role").GetString() == "assistant")
            .Select(message => OfContent(message.GetProperty("content")))];
    }

    private static IReadOnlyList<AnswerBlock> OfContent(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? [new AnswerBlock("text", "", "")]
        : [.. content.EnumerateArray().Select(block => Of(block, Text(block, "thinking"), Text(block, "signature"), block.GetRawText()))];

    private static List<AnswerBlock> OfEvents(byte[] answer)
    {
        List<AnswerBlock> blocks = [];
        JsonElement block = default;
        var thinking = new StringBuilder();
        var signature = new StringBuilder();
        foreach (SseItem<string> item in SseParser.Create(new MemoryStream(answer)).Enumerate())
        {
            JsonElement data = JsonElement.Parse(item.Data);
            switch (item.EventType)
            {
                case "content_block_start":
                    block = data.GetProperty("content_block");
                    break;
                case "content_block_delta":
                    thinking.Append(Text(data.GetProperty("delta"), "thinking"));
                    signature.Append(Text(data.GetProperty("delta"), "signature"));
                    break;
                case "content_block_stop":
                    blocks.Add(Of(block, thinking.ToString(), signature.ToString(), ""));
                    thinking.Clear();
                    signature.Clear();
                    break;
            }
        }

        return blocks;
    }

    private static AnswerBlock Of(JsonElement block, string thinking, string signature, string bytes) => Text(block, "type") switch
    {
        "thinking" => new AnswerBlock("thinking", $"{thinking}|{signature}", bytes),
        "redacted_thinking" => new AnswerBlock("redacted_thinking", Text(block, "data"), bytes),
        var type => new AnswerBlock(type, "", ""),
    };

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text) ? text.GetString()! : "";
}
