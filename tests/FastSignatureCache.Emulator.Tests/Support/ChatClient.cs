using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Emulator.Tests.Support;

/// <summary>A client of the OpenAI routes that sends back every message as it came, joined from a stream's deltas.</summary>
public sealed class ChatClient(UpstreamEmulator emulator, string text = "Hello", string model = "gemini-3-pro-preview") : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = emulator.BaseAddress };

    public string Path { get; set; } = "/v1beta/openai/chat/completions";

    public string Tools { get; set; } = """[{"type":"function","function":{"name":"read","parameters":{"type":"object","properties":{"path":{"type":"string"},"lines":{"type":"integer"}},"required":["path","lines"]}}}]""";

    public JsonObject Extra { get; set; } = [];

    public JsonArray Messages { get; } = [Message("system", "Be brief."), Message("user", text)];

    /// <summary>What happens to an answer before it joins the history.</summary>
    public Action<JsonObject> Keep { get; set; } = _ => { };

    public static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    public static void WithoutSignatures(JsonObject message)
    {
        message.Remove("extra_content");
        message.Remove("reasoning_details");
        foreach (var call in message["tool_calls"]?.AsArray() ?? [])
            call!.AsObject().Remove("extra_content");
    }

    public async Task<Reply> SendAsync(Form form = Form.Json)
    {
        var body = Extra.DeepClone().AsObject();
        body["model"] = model;
        body["messages"] = Messages.DeepClone();
        body["tools"] = JsonNode.Parse(Tools);
        body["stream"] = form == Form.Sse;
        using var response = await _http.PostAsync(Path, JsonContent.Create(body), TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response);
    }

    public async Task<Reply> StepAsync(Form form = Form.Json)
    {
        var reply = await SendAsync(form);
        if (!reply.Ok)
            return reply;
        var message = MessageOf(reply);
        Keep(message);
        Messages.Add(message);
        foreach (var call in message["tool_calls"]?.AsArray() ?? [])
        {
            var result = Message("tool", "done");
            result["tool_call_id"] = call!["id"]?.DeepClone();
            Messages.Add(result);
        }
        return reply;
    }

    public async Task<Reply> TurnAsync(Form form = Form.Json)
    {
        while (true)
        {
            var reply = await StepAsync(form);
            if (!reply.Ok || !reply.Raw.Contains("tool_calls\":", StringComparison.Ordinal))
                return reply;
        }
    }

    /// <summary>The answer's message, joined from its deltas when it was streamed.</summary>
    public static JsonObject MessageOf(Reply reply)
    {
        if (reply.Events[0]["choices"]![0]!["message"] is { } whole)
            return whole.DeepClone().AsObject();
        var message = new JsonObject { ["role"] = "assistant" };
        foreach (var delta in reply.Events.SelectMany(item => item["choices"]!.AsArray()).Select(choice => choice!["delta"]!.AsObject()))
            DeltaJoiner.Join(message, delta);
        return message;
    }

    public void Dispose() => _http.Dispose();
}
