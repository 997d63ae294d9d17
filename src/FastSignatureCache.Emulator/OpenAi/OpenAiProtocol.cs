using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Conversations;
using FastSignatureCache.Emulator.Hosting;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Scripting;
using FastSignatureCache.Emulator.Signatures;

namespace FastSignatureCache.Emulator.OpenAi;

/// <summary>The chat-completions protocol as Gemini's compatible endpoint, Vertex and OpenRouter speak it.</summary>
internal sealed class OpenAiProtocol(EmulatorOptions options, NonceSource nonces) : IProtocol
{
    public AnswerStyle Style { get; } = new(
        options.CallIds == CallIdStyle.None ? CallIdStyle.Unique : options.CallIds,
        "function-call-",
        SignsCalls: true,
        options.SignOpenAiText);

    public SseForm Sse { get; } = new(options.LineEnding ?? SseForm.UsualLineEnding, NamesEvents: false, LastEvent: "[DONE]");

    public bool Indents => true;

    public string UnknownModel(string model) => ErrorTexts.UnknownModel(model);

    public string Malformed(bool isJson) => ErrorTexts.Malformed(isJson);

    public UpstreamRequest Read(JsonElement body, UpstreamRoute route, RequestHeaders headers) => new(
        route,
        OpenAiRequestReader.Read(body, headers.Mark),
        body.Flag("stream") ? StreamForm.Sse : StreamForm.None,
        body.Member("stream_options") is { } streaming && streaming.Flag("include_usage"));

    public JsonObject WriteAnswer(UpstreamRequest request, Answer answer)
    {
        var choice = new JsonObject
        {
            ["index"] = 0,
            ["message"] = OpenAiMessage.Of(answer, request.Route.Dialect),
            ["finish_reason"] = FinishReason(answer),
        };
        var body = Envelope(request, "chat.completion", choice, NewId());
        body["usage"] = Usage(request);
        return body;
    }

    public IEnumerable<JsonObject> WriteEvents(UpstreamRequest request, Answer answer)
    {
        var id = NewId();
        foreach (var delta in new OpenAiDeltas(options, request.Route.Dialect).Of(answer))
            yield return Chunk(delta, null);
        yield return Chunk(new JsonObject(), FinishReason(answer));
        if (request.IncludeUsage)
        {
            var last = Envelope(request, "chat.completion.chunk", choice: null, id);
            last["usage"] = Usage(request);
            yield return last;
        }

        JsonObject Chunk(JsonObject delta, string? finishReason) => Envelope(
            request,
            "chat.completion.chunk",
            new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finishReason },
            id);
    }

    public JsonNode WriteError(UpstreamRoute route, Refusal refusal)
    {
        var error = new JsonArray([GoogleError.Of(refusal)]);
        return route.Dialect != Dialect.OpenRouter ? error : new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = "Provider returned error",
                ["code"] = refusal.Status,
                ["metadata"] = new JsonObject { ["raw"] = error[0]!.ToJsonString(), ["provider_name"] = "Google" },
            },
        };
    }

    public JsonObject WriteModels(IReadOnlyList<string> models) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. models.Select(model => new JsonObject
        {
            ["id"] = $"models/{model}",
            ["object"] = "model",
            ["owned_by"] = "google",
        })]),
    };

    private string NewId() => $"chatcmpl-{nonces.NextDigits()}";

    private string FinishReason(Answer answer) =>
        answer.Calls.Count > 0 && !options.FinishCallsWithStop ? "tool_calls" : "stop";

    private JsonObject Envelope(UpstreamRequest request, string kind, JsonObject? choice, string id) => new()
    {
        ["choices"] = choice is null ? [] : new JsonArray([choice]),
        ["created"] = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds(),
        ["id"] = id,
        ["model"] = request.Conversation.Model,
        ["object"] = kind,
    };

    private static JsonObject Usage(UpstreamRequest request)
    {
        var prompt = request.Conversation.Contents.Count * 10;
        return new JsonObject { ["completion_tokens"] = 20, ["prompt_tokens"] = prompt, ["total_tokens"] = prompt + 20 };
    }
}
