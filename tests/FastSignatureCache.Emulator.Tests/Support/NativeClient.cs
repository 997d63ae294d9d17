using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Emulator.Tests.Support;

/// <summary>A client of the native route that sends back every part just as it came, unless a test changes its history.</summary>
public sealed class NativeClient(UpstreamEmulator emulator, string text = "Hello", string model = "gemini-3-pro-preview", HttpMessageHandler? handler = null) : IDisposable
{
    private readonly HttpClient _http = new(handler ?? new SocketsHttpHandler()) { BaseAddress = emulator.BaseAddress };

    public const string OneTool = """[{"functionDeclarations":[{"name":"read","parameters":{"type":"OBJECT","properties":{"path":{"type":"STRING"},"lines":{"type":"INTEGER"}},"required":["path","lines"]}}]}]""";

    public string Model { get; set; } = model;

    public string Prefix { get; set; } = "/v1beta";

    public string? System { get; set; }

    public string? Mark { get; set; }

    public EmulatorFault? Fault { get; set; }

    public string Tools { get; set; } = OneTool;

    public JsonArray Contents { get; set; } = [Content("user", new JsonObject { ["text"] = text })];

    /// <summary>What happens to an answer's parts before they join the history.</summary>
    public Func<JsonArray, JsonArray> Keep { get; set; } = parts => parts;

    public static JsonObject Content(string role, params JsonNode[] parts) =>
        new() { ["role"] = role, ["parts"] = new JsonArray(parts) };

    public static JsonArray WithoutSignatures(JsonArray parts)
    {
        foreach (var part in parts)
            part!.AsObject().Remove("thoughtSignature");
        return parts;
    }

    /// <summary>Sends the history as it is.</summary>
    public async Task<Reply> SendAsync(Form form = Form.Json)
    {
        var body = new JsonObject { ["contents"] = Contents.DeepClone(), ["tools"] = JsonNode.Parse(Tools) };
        if (System is not null)
            body["systemInstruction"] = Content("user", new JsonObject { ["text"] = System });
        var action = form switch
        {
            Form.Json => ":generateContent",
            Form.JsonArray => ":streamGenerateContent",
            _ => ":streamGenerateContent?alt=sse",
        };
        return await PostAsync($"{Prefix}/models/{Model}{action}", JsonContent.Create(body));
    }

    public async Task<Reply> PostAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (Mark is not null)
            request.Headers.Add(EmulatorHeaders.Conversation, Mark);
        if (Fault is not null)
            request.Headers.Add(EmulatorHeaders.Fault, Fault.ToString());
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response);
    }

    /// <summary>Sends the history and, if it is answered, adds the answer and the results of its calls.</summary>
    public async Task<Reply> StepAsync(Form form = Form.Json)
    {
        var reply = await SendAsync(form);
        if (!reply.Ok)
            return reply;
        var parts = Keep(PartsOf(reply));
        Contents.Add(new JsonObject { ["role"] = "model", ["parts"] = parts.DeepClone() });
        var results = parts.Select(part => part!["functionCall"]).Where(call => call is not null).Select(Result).ToArray();
        if (results.Length > 0)
            Contents.Add(Content("user", results));
        return reply;
    }

    /// <summary>Goes on until the model has no more calls or refuses.</summary>
    public async Task<Reply> TurnAsync(Form form = Form.Json)
    {
        while (true)
        {
            var reply = await StepAsync(form);
            if (!reply.Ok || !reply.Raw.Contains("functionCall", StringComparison.Ordinal))
                return reply;
        }
    }

    public void Say(string text) => Contents.Add(Content("user", new JsonObject { ["text"] = text }));

    /// <summary>All parts of an answer, streamed or not.</summary>
    public static JsonArray PartsOf(Reply reply) => new(reply.Events
        .SelectMany(item => item["candidates"]![0]!["content"]!["parts"]!.AsArray())
        .Select(part => part!.DeepClone()).ToArray());

    /// <summary>A part of the history.</summary>
    public JsonObject Part(int content, int part = 0) => Contents[content]!["parts"]![part]!.AsObject();

    public void Dispose() => _http.Dispose();

    private static JsonNode Result(JsonNode? call)
    {
        var result = new JsonObject { ["name"] = call!["name"]!.DeepClone(), ["response"] = new JsonObject { ["ok"] = true } };
        if (call["id"] is { } id)
            result["id"] = id.DeepClone();
        return new JsonObject { ["functionResponse"] = result };
    }
}
