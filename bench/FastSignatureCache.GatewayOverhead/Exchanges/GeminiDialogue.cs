using System.Text.Json.Nodes;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.GatewayOverhead.Exchanges;

/// <summary>Gemini's native API. Its clients know no ids of calls.</summary>
internal sealed class GeminiDialogue : IDialogue
{
    public string Name => "Gemini";

    public string PathOf(bool isStream) =>
        $"/v1beta/models/{Corpus.Model}:{(isStream ? "streamGenerateContent?alt=sse" : "generateContent")}";

    public JsonObject CreateRequest(string instructions, int calls, bool areSigned, bool isStream)
    {
        var contents = new JsonArray(Content("user", Text(ConversationNumber.Opening)));
        for (var step = 0; step < calls; step++)
        {
            contents.Add(Content("model", Call(step, areSigned)));
            contents.Add(Content("user", new JsonObject
            {
                ["functionResponse"] = new JsonObject { ["name"] = Step.Tool, ["response"] = new JsonObject { ["result"] = Step.ResultOf(step) } },
            }));
        }

        return new JsonObject
        {
            ["systemInstruction"] = new JsonObject { ["parts"] = new JsonArray(Text(instructions)) },
            ["tools"] = JsonNode.Parse(
                """[{"functionDeclarations":[{"name":"search","parameters":{"type":"OBJECT","properties":{"query":{"type":"STRING"}}}}]}]"""),
            ["contents"] = contents,
            ["generationConfig"] = new JsonObject { ["temperature"] = 1, ["maxOutputTokens"] = 8192 },
        };
    }

    public JsonObject CreateAnswer(int calls) => Answer(Call(calls, isSigned: true), isLast: true);

    public IEnumerable<string> CreateEvents(int calls) =>
    [
        .. Step.Words.Select(words => Answer(Text(words), isLast: false).ToWire()),
        CreateAnswer(calls).ToWire(),
    ];

    private static JsonObject Answer(JsonObject part, bool isLast)
    {
        var candidate = new JsonObject { ["content"] = Content("model", part), ["index"] = 0 };
        if (isLast)
        {
            candidate["finishReason"] = "STOP";
        }

        return new JsonObject
        {
            ["candidates"] = new JsonArray(candidate),
            ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = 2907, ["candidatesTokenCount"] = 31, ["totalTokenCount"] = 2938 },
            ["modelVersion"] = Corpus.Model,
        };
    }

    private static JsonObject Content(string role, JsonObject part) => new() { ["role"] = role, ["parts"] = new JsonArray(part) };

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonObject Call(int step, bool isSigned)
    {
        var part = new JsonObject { ["functionCall"] = new JsonObject { ["name"] = Step.Tool, ["args"] = Step.ArgumentsOf(step) } };
        if (isSigned)
        {
            part["thoughtSignature"] = Step.SignatureOf(step);
        }

        return part;
    }
}
