using System.Text.Json.Nodes;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.GatewayOverhead.Exchanges;

/// <summary>The chat completions of the Gemini API.</summary>
internal sealed class OpenAiDialogue : IDialogue
{
    public string Name => "OpenAI-compatible";

    public string PathOf(bool isStream) => "/v1beta/openai/chat/completions";

    public JsonObject CreateRequest(string instructions, int calls, bool areSigned, bool isStream)
    {
        var messages = new JsonArray(Message("system", instructions), Message("user", ConversationNumber.Opening));
        for (var step = 0; step < calls; step++)
        {
            messages.Add(Message("assistant", null, Call(step, areSigned)));
            var result = Message("tool", Step.ResultOf(step));
            result["tool_call_id"] = Step.CallIdOf(step);
            messages.Add(result);
        }

        return new JsonObject
        {
            ["model"] = Corpus.Model,
            ["messages"] = messages,
            ["tools"] = JsonNode.Parse(
                """[{"type":"function","function":{"name":"search","parameters":{"type":"object","properties":{"query":{"type":"string"}}}}}]"""),
            ["stream"] = isStream,
        };
    }

    public JsonObject CreateAnswer(int calls) => Answer("message", Message("assistant", null, Call(calls, isSigned: true)), isLast: true);

    public IEnumerable<string> CreateEvents(int calls)
    {
        var call = Call(calls, isSigned: true);
        call["index"] = 0;
        return
        [
            .. Step.Words.Select(static words => Answer("delta", Message("assistant", words), isLast: false).ToWire()),
            Answer("delta", Message("assistant", null, call), isLast: true).ToWire(),
            "[DONE]",
        ];
    }

    private static JsonObject Answer(string member, JsonObject message, bool isLast) => new()
    {
        ["id"] = "chatcmpl-5d81",
        ["object"] = member == "delta" ? "chat.completion.chunk" : "chat.completion",
        ["created"] = 1_780_000_000,
        ["model"] = Corpus.Model,
        ["choices"] = new JsonArray(
            new JsonObject { ["index"] = 0, [member] = message, ["finish_reason"] = isLast ? "tool_calls" : null }),
    };

    private static JsonObject Message(string role, string? text, JsonObject? call = null)
    {
        var message = new JsonObject { ["role"] = role, ["content"] = text };
        if (call is not null)
        {
            message["tool_calls"] = new JsonArray(call);
        }

        return message;
    }

    private static JsonObject Call(int step, bool isSigned)
    {
        var call = new JsonObject
        {
            ["id"] = Step.CallIdOf(step),
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = Step.Tool, ["arguments"] = Step.ArgumentsOf(step).ToWire() },
        };
        if (isSigned)
        {
            call["extra_content"] = new JsonObject { ["google"] = new JsonObject { ["thought_signature"] = Step.SignatureOf(step) } };
        }

        return call;
    }
}
