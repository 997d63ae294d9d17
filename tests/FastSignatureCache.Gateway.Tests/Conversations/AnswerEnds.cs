using System.Text;
using System.Text.Json;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>Reads answers as a client does that watches every byte.</summary>
internal static class AnswerEnds
{
    /// <summary>Reads byte by byte until what has come satisfies a condition.</summary>
    /// <exception cref="EndOfStreamException">The answer ended before that.</exception>
    public static async Task<string> ReadUntilAsync(Stream answer, Func<string, bool> isEnough)
    {
        var text = new StringBuilder();
        byte[] next = new byte[1];
        while (!isEnough(text.ToString()))
        {
            await answer.ReadExactlyAsync(next, TestContext.Current.CancellationToken);
            text.Append((char)next[0]);
        }

        return text.ToString();
    }

    /// <summary>Whether the client may take what it has for the whole answer.</summary>
    public static bool IsWhole(AnswerForm form, Protocol protocol, string text) => (form, protocol) switch
    {
        (AnswerForm.ServerSentEvents, Protocol.Native) => HasEvent(text, "\"finishReason\":\"STOP\""),
        (AnswerForm.ServerSentEvents, _) => HasEvent(text, "\"finish_reason\":\"tool_calls\""),
        (AnswerForm.JsonArray, _) => text.EndsWith(']') && IsJson(text),
        _ => text.EndsWith('}') && IsJson(text),
    };

    /// <summary>An event has come when the empty line after it has.</summary>
    private static bool HasEvent(string text, string content) =>
        text.EndsWith("\r\n\r\n", StringComparison.Ordinal) && text.Contains(content, StringComparison.Ordinal);

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
