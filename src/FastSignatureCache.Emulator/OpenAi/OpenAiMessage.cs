using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Hosting;
using FastSignatureCache.Emulator.Scripting;

namespace FastSignatureCache.Emulator.OpenAi;

/// <summary>An answer as one message.</summary>
internal static class OpenAiMessage
{
    public static JsonObject Of(Answer answer, Dialect dialect)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text };
        OpenAiSignature.Write(message, answer.TextSignature, dialect);
        if (answer.Calls.Count > 0)
            message["tool_calls"] = new JsonArray([.. answer.Calls.Select(call => ToolCall(call, dialect))]);
        if (dialect == Dialect.OpenRouter)
        {
            var signed = answer.Calls.FirstOrDefault(call => call.Signature is not null);
            ReasoningDetails.Write(message, signed?.Signature ?? answer.TextSignature, signed?.Id);
        }
        return message;
    }

    private static JsonObject ToolCall(AnswerCall call, Dialect dialect)
    {
        var written = new JsonObject
        {
            ["id"] = call.Id,
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments.ToJsonString() },
        };
        OpenAiSignature.Write(written, call.Signature, dialect);
        return written;
    }
}
