using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Hosting;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Scripting;
using FastSignatureCache.Emulator.Signatures;

namespace FastSignatureCache.Emulator.Gemini;

/// <summary>Gemini's native protocol, as AI Studio and Vertex speak it.</summary>
internal sealed class GeminiProtocol(EmulatorOptions options, NonceSource nonces) : IProtocol
{
    public AnswerStyle Style { get; } = new(options.CallIds, "function-call-", SignsCalls: true, SignsText: true);

    public SseForm Sse { get; } = new(options.LineEnding ?? SseForm.UsualLineEnding, NamesEvents: false, LastEvent: null);

    public bool Indents => true;

    public string UnknownModel(string model) => ErrorTexts.UnknownModel(model);

    public string Malformed(bool isJson) => ErrorTexts.Malformed(isJson);

    public UpstreamRequest Read(JsonElement body, UpstreamRoute route, RequestHeaders headers) =>
        new(route, GeminiRequestReader.Read(body, route.Model, headers.Mark), route.Stream);

    public JsonObject WriteAnswer(UpstreamRequest request, Answer answer) =>
        Response(request, nonces.NextDigits(), GeminiParts.Whole(answer, options.Placement), isLast: true);

    public IEnumerable<JsonObject> WriteEvents(UpstreamRequest request, Answer answer)
    {
        var parts = GeminiParts.Streamed(request.Conversation.Model, answer, options).ToList();
        var id = nonces.NextDigits();
        for (var index = 0; index < parts.Count; index++)
            yield return Response(request, id, [parts[index]], index == parts.Count - 1);
    }

    public JsonNode WriteError(UpstreamRoute route, Refusal refusal)
    {
        var error = GoogleError.Of(refusal);
        // A stream that is a JSON array is one even when all it has to say is an error.
        return route.Stream == StreamForm.JsonArray ? new JsonArray([error]) : error;
    }

    public JsonObject WriteModels(IReadOnlyList<string> models) => new()
    {
        ["models"] = new JsonArray([.. models.Select(model => new JsonObject
        {
            ["name"] = $"models/{model}",
            ["displayName"] = model,
            ["supportedGenerationMethods"] = new JsonArray(["generateContent", "streamGenerateContent"]),
        })]),
    };

    private static JsonObject Response(UpstreamRequest request, string id, IEnumerable<JsonObject> parts, bool isLast)
    {
        var candidate = new JsonObject
        {
            ["content"] = new JsonObject { ["parts"] = new JsonArray([.. parts]), ["role"] = "model" },
            ["index"] = 0,
        };
        if (isLast)
            candidate["finishReason"] = "STOP";
        return new JsonObject
        {
            ["candidates"] = new JsonArray([candidate]),
            ["usageMetadata"] = new JsonObject
            {
                ["promptTokenCount"] = request.Conversation.Contents.Count * 10,
                ["candidatesTokenCount"] = 20,
                ["totalTokenCount"] = (request.Conversation.Contents.Count * 10) + 20,
            },
            ["modelVersion"] = request.Conversation.Model,
            ["responseId"] = id,
        };
    }
}
