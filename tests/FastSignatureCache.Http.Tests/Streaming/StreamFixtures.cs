using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Streaming;

/// <summary>Event streams in the shapes that upstreams send, each with the signatures that must be found in it.</summary>
internal static class StreamFixtures
{
    private static readonly string S1 = Signatures.Make(1);
    private static readonly string S2 = Signatures.Make(2);

    public const string GeminiRequest = """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""";
    public const string OpenAiRequest = """{"model":"gemini-3-pro","messages":[{"role":"user","content":"Hi"}]}""";

    /// <summary>Name, path, request, events.</summary>
    public static readonly (string Name, string Path, string Request, string[] Events)[] All =
    [
        ("gemini: signed call", Rig.GeminiStreamPath, GeminiRequest,
        [
            Gemini("""{"text":"Let me see…","thought":true}"""),
            Gemini($$$"""{"functionCall":{"name":"f","args":{"ä":"\u00e4\n"}},"thoughtSignature":"{{{S1}}}"}"""),
            Gemini("""{"text":""}""", true),
        ]),
        ("gemini: signature after the call", Rig.GeminiStreamPath, GeminiRequest,
        [
            Gemini("""{"functionCall":{"id":"1","name":"f","args":{}}}"""),
            Gemini("""{"functionCall":{"id":"2","name":"f","args":{}}}"""),
            Gemini($$"""{"text":"","thoughtSignature":"{{S1}}"}""", true),
        ]),
        ("gemini: signature on the thought before", Rig.GeminiStreamPath, GeminiRequest,
        [
            Gemini($$"""{"text":"Hm.","thought":true,"thought_signature":"{{S1}}"}"""),
            Gemini("""{"functionCall":{"name":"f"}}""", true),
        ]),
        ("gemini: signed text", Rig.GeminiStreamPath, GeminiRequest,
            [Gemini("""{"text":"It "}"""), Gemini("""{"text":"is."}"""), Gemini($$"""{"text":"","thoughtSignature":"{{S1}}"}""", true)]),
        ("openai: whole calls without index", Rig.OpenAiPath, OpenAiRequest,
        [
            OpenAi($$$$"""{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"{{{{S1}}}}"}}}]}"""),
            OpenAi("""{"tool_calls":[{"id":"c2","type":"function","function":{"name":"f","arguments":"{}"}}]}"""),
            OpenAi("{}", "tool_calls"), """{"choices":[],"usage":{"total_tokens":7}}""", "[DONE]",
        ]),
        ("openai: everything in pieces", Rig.OpenAiPath, OpenAiRequest,
        [
            OpenAi("""{"role":"assistant","content":""}"""),
            OpenAi("""{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}]}"""),
            OpenAi("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]}"""),
            OpenAi("""{"tool_calls":[{"index":0,"function":{"arguments":"\"ä\"}"}}]}"""),
            OpenAi($$$$"""{"tool_calls":[{"index":0,"extra_content":{"google":{"thought_signature":"{{{{S1[..20]}}}}"}}}]}"""),
            OpenAi($$$$"""{"tool_calls":[{"index":0,"extra_content":{"google":{"thought_signature":"{{{{S1[20..]}}}}"}}}]}"""),
            OpenAi("{}", "stop"), "[DONE]",
        ]),
        ("openai: reasoning details", "/api/v1/chat/completions", OpenAiRequest,
        [
            OpenAi($$"""{"reasoning_details":[{"type":"reasoning.text","text":"Hm"},{"type":"reasoning.encrypted","format":"google-gemini-v1","id":"c1","data":"{{S1}}"}]}"""),
            OpenAi("""{"tool_calls":[{"index":0,"id":"c1","function":{"name":"f","arguments":"{}"}}]}"""),
            OpenAi("{}", "tool_calls"), "[DONE]",
        ]),
        ("openai: two choices", Rig.OpenAiPath, OpenAiRequest,
        [
            OpenAi($$$$"""{"content":"A","extra_content":{"google":{"thought_signature":"{{{{S1}}}}"}}}"""),
            OpenAi($$$$"""{"content":"B","extra_content":{"google":{"thought_signature":"{{{{S2}}}}"}}}""", index: 1),
            OpenAi("{}", "stop"), OpenAi("{}", "stop", 1), "[DONE]",
        ]),
    ];

    private static string Gemini(string part, bool isLast = false) =>
        $$"""{"candidates":[{"content":{"role":"model","parts":[{{part}}]}{{(isLast ? ",\"finishReason\":\"STOP\"" : "")}}}]}""";

    private static string OpenAi(string delta, string? finish = null, int index = 0) =>
        $$"""{"choices":[{"index":{{index}},"delta":{{delta}},"finish_reason":{{(finish is null ? "null" : $"\"{finish}\"")}}}]}""";
}
