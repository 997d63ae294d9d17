using System.Text.Json.Nodes;
using FastSignatureCache;

using var gemini = new HttpClient { BaseAddress = new Uri(args is [var url, ..] ? url : "https://generativelanguage.googleapis.com") };
gemini.DefaultRequestHeaders.Add("x-goog-api-key", Environment.GetEnvironmentVariable("GEMINI_API_KEY"));
using var cache = new SignatureCache(new SignatureCacheOptions { Capacity = 10_000, TimeToLive = TimeSpan.FromDays(1) });
var history = new JsonArray(JsonNode.Parse("""{"role":"user","parts":[{"text":"Do I need an umbrella?"}]}"""));
var request = new JsonObject { ["contents"] = history, ["tools"] = JsonNode.Parse("""[{"functionDeclarations":[{"name":"weather"}]}]""") };
JsonNode answer;
while ((answer = await AskAsync())["functionCall"] is { } call)
{
    var key = new SignatureKey(conversationId: "umbrella", modelId: "gemini-3-pro-preview", partId: call.ToJsonString());
    cache.Put(key, answer["thoughtSignature"]!.GetValue<string>());     // false when it is no well-formed signature
    // The history gets the call and nothing that stood beside it, as in most programs; the engine has the signature.
    JsonNode part = new JsonObject { ["functionCall"] = call.DeepClone() };
    if (cache.TryGet(key, out CachedSignature? entry))
        part["thoughtSignature"] = entry.Signature;
    history.Add(JsonNode.Parse($$"""{"role":"model","parts":[{{part.ToJsonString()}}]}"""));
    history.Add(JsonNode.Parse("""{"role":"user","parts":[{"functionResponse":{"name":"weather","response":{"output":"Rain"}}}]}"""));
}

Console.WriteLine($"{answer["text"]} Signatures put back: {cache.GetMetrics().Hits}.");

async Task<JsonNode> AskAsync()
{
    using var body = new StringContent(request.ToJsonString(), null, "application/json");
    using var response = await gemini.PostAsync("v1beta/models/gemini-3-pro-preview:generateContent", body);
    return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync())!["candidates"]![0]!["content"]!["parts"]![0]!;
}
