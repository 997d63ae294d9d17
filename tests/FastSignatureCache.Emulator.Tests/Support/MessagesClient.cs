using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Emulator.Tests.Support;

/// <summary>A client of Anthropic's route that sends back every message as it came, joined from a stream's events.</summary>
public sealed class MessagesClient(UpstreamEmulator emulator, string text = "Hello", string model = MessagesClient.Older) : IDisposable
{
    /// <summary>A model that wants its blocks back.</summary>
    public const string Older = "claude-sonnet-4-5";

    /// <summary>A model that verifies what comes.</summary>
    public const string Newer = "claude-opus-4-8";

    /// <summary>A model whose blocks are bound to what stands before them.</summary>
    public const string Bound = "claude-fable-5-1";

    private readonly HttpClient _http = new() { BaseAddress = emulator.BaseAddress };

    public JsonObject Body { get; } = new()
    {
        ["model"] = model,
        ["max_tokens"] = 4096,
        ["system"] = "Be brief.",
        ["thinking"] = new JsonObject { ["type"] = "enabled", ["budget_tokens"] = 2048 },
        ["tools"] = JsonNode.Parse("""[{"name":"read","input_schema":{"type":"object","properties":{"path":{"type":"string"},"lines":{"type":"integer"}},"required":["path","lines"]}}]"""),
        ["messages"] = new JsonArray(Message("user", text)),
    };

    public Dictionary<string, string> Headers { get; } = new() { ["anthropic-version"] = "2023-06-01" };

    public JsonArray Messages => Body["messages"]!.AsArray();

    /// <summary>What happens to an answer's blocks before they join the history.</summary>
    public Func<JsonArray, JsonArray> Keep { get; set; } = blocks => blocks;

    public static JsonObject Message(string role, JsonNode content) => new() { ["role"] = role, ["content"] = content };

    public static bool IsThinking(JsonNode? block) => block!["type"]!.GetValue<string>().Contains("thinking", StringComparison.Ordinal);

    public static JsonArray WithoutThinking(JsonArray blocks) =>
        new(blocks.Where(block => !IsThinking(block)).Select(block => block!.DeepClone()).ToArray());

    public async Task<Reply> SendAsync(Form form = Form.Json)
    {
        Body["stream"] = form == Form.Sse;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = JsonContent.Create(Body) };
        foreach (var (name, value) in Headers)
            request.Headers.Add(name, value);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response);
    }

    public async Task<Reply> StepAsync(Form form = Form.Json)
    {
        var reply = await SendAsync(form);
        if (!reply.Ok)
            return reply;
        var blocks = Keep(BlockJoiner.BlocksOf(reply));
        Messages.Add(Message("assistant", blocks));
        var calls = blocks.Where(block => block!["type"]!.GetValue<string>() == "tool_use").ToList();
        if (calls.Count > 0)
            Messages.Add(Message("user", new JsonArray([.. calls.Select(Result)])));
        return reply;
    }

    public async Task<Reply> TurnAsync(Form form = Form.Json)
    {
        while (true)
        {
            var reply = await StepAsync(form);
            if (!reply.Ok || !reply.Raw.Contains("\"tool_use\"", StringComparison.Ordinal))
                return reply;
        }
    }

    public void Say(string text) => Messages.Add(Message("user", text));

    public JsonArray Blocks(int message) => Messages[message]!["content"]!.AsArray();

    public JsonObject Block(int message, int block = 0) => Blocks(message)[block]!.AsObject();

    public void Dispose() => _http.Dispose();

    private static JsonObject Result(JsonNode? call) =>
        new() { ["type"] = "tool_result", ["tool_use_id"] = call!["id"]!.DeepClone(), ["content"] = "done" };
}
