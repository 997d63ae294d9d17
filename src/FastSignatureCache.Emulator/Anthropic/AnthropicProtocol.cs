using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Conversations;
using FastSignatureCache.Emulator.Hosting;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Scripting;
using FastSignatureCache.Emulator.Signatures;

namespace FastSignatureCache.Emulator.Anthropic;

/// <summary>Anthropic's messages protocol.</summary>
internal sealed class AnthropicProtocol(EmulatorOptions options, NonceSource nonces) : IProtocol
{
    private const int OutputTokens = 20;

    public AnswerStyle Style { get; } = new(
        options.CallIds == CallIdStyle.None ? CallIdStyle.Unique : options.CallIds, "toolu_", SignsCalls: false, SignsText: false);

    public SseForm Sse { get; } = new(options.LineEnding ?? "\n", NamesEvents: true, LastEvent: null);

    public bool Indents => false;

    public UpstreamRequest Read(JsonElement body, UpstreamRoute route, RequestHeaders headers) => new(
        route, AnthropicRequestReader.Read(body, headers), body.Flag("stream") ? StreamForm.Sse : StreamForm.None);

    public JsonObject WriteAnswer(UpstreamRequest request, Answer answer) =>
        Message(request, AnthropicBlocks.Of(answer), StopReason(answer), OutputTokens);

    public IEnumerable<JsonObject> WriteEvents(UpstreamRequest request, Answer answer)
    {
        var end = new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = StopReason(answer), ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = OutputTokens },
        };
        return new AnthropicEvents(options.EventLength).Of(Message(request, [], stopReason: null, outputTokens: 1), answer, end);
    }

    public JsonNode WriteError(UpstreamRoute route, Refusal refusal) => AnthropicError.Of(refusal, $"req_{nonces.NextDigits()}");

    public JsonObject WriteModels(IReadOnlyList<string> models) => new()
    {
        ["data"] = new JsonArray([.. models.Select(model => new JsonObject
        {
            ["type"] = "model",
            ["id"] = model,
            ["display_name"] = model,
            ["created_at"] = "2026-09-01T00:00:00Z",
        })]),
        ["has_more"] = false,
        ["first_id"] = models[0],
        ["last_id"] = models[^1],
    };

    public string UnknownModel(string model) => $"model: {model}";

    public string Malformed(bool isJson) =>
        isJson ? "messages: Input should be a valid list of messages" : "The request body is not valid JSON: unexpected character";

    private static string StopReason(Answer answer) => answer.Calls.Count > 0 ? "tool_use" : "end_turn";

    private JsonObject Message(UpstreamRequest request, IEnumerable<JsonObject> blocks, string? stopReason, int outputTokens) => new()
    {
        ["id"] = $"msg_{nonces.NextDigits()}",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = request.Conversation.Model,
        ["content"] = new JsonArray([.. blocks]),
        ["stop_reason"] = stopReason,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = request.Conversation.Contents.Count * 10,
            ["output_tokens"] = outputTokens,
        },
    };
}
