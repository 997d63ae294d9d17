using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Hosting;

public class RouteTests
{
    private const string Body = """{"contents":[{"parts":[{"text":"Hello"}]}]}""";

    [Theory]
    [InlineData("/v1/models/gemini-3-pro-preview:generateContent")]
    [InlineData("/v1beta/models/gemini-3-pro-preview:generateContent")]
    [InlineData("/v1alpha/models/gemini-2.5-pro:streamGenerateContent")]
    [InlineData("/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse")]
    [InlineData("/v1/projects/p/locations/l/publishers/google/models/gemini-3-pro-preview:generateContent")]
    [InlineData("/v1beta1/publishers/google/models/gemini-3-pro-preview:streamGenerateContent?alt=sse")]
    public async Task Native_paths_answer(string path)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);

        Assert.True((await client.PostAsync(path, new StringContent(Body))).Ok);
    }

    [Theory]
    [InlineData("/v1beta/models/gemini-3-pro-preview:countTokens")]
    [InlineData("/v1beta/models/gemini-3-pro-preview")]
    [InlineData("/v1beta/other/gemini-3-pro-preview:generateContent")]
    [InlineData("/v7/models/gemini-3-pro-preview:generateContent")]
    [InlineData("/")]
    public async Task Other_paths_are_not_found(string path)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);

        var reply = await client.PostAsync(path, new StringContent(Body));

        Assert.Equal(HttpStatusCode.NotFound, reply.Status);
        Assert.Contains("NOT_FOUND", reply.Raw, StringComparison.Ordinal);
        Assert.Equal(1, emulator.GetStatistics().RefusedOther);
    }

    [Theory]
    [InlineData("gpt-5")]
    [InlineData("gemini-2.0-flash")]
    public async Task An_unknown_model_is_not_found(string model)
    {
        await using var emulator = await Emulate.StartAsync();
        using var native = new NativeClient(emulator, model: model);
        using var chat = new ChatClient(emulator, model: model);

        Assert.Equal(HttpStatusCode.NotFound, (await native.SendAsync()).Status);
        Assert.StartsWith($"models/{model} is not found for API version v1beta", (await chat.SendAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"contents":{}}""")]
    [InlineData("""{"contents":[{"parts":[1]}]}""")]
    [InlineData("""{"contents":[{"parts":[{"text":1}]}]}""")]
    public async Task A_malformed_body_is_refused(string body)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);

        var reply = await client.PostAsync("/v1beta/models/gemini-3-pro-preview:generateContent", new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.StartsWith("Invalid JSON payload received. ", reply.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model":"gemini-3-pro-preview","messages":[{"role":"assistant","tool_calls":[{}]}]}""")]
    [InlineData("""{"model":"gemini-3-pro-preview","messages":[{"role":"assistant","tool_calls":[{"function":{"arguments":"{"}}]}]}""")]
    [InlineData("""{"model":"gemini-3-pro-preview","messages":[{"role":"user","content":1}]}""")]
    public async Task A_malformed_chat_is_refused(string body)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);

        var reply = await client.PostAsync("/v1beta/openai/chat/completions", new StringContent(body));

        Assert.StartsWith("Invalid JSON payload received. ", reply.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "The request body is not valid JSON: unexpected character")]
    [InlineData("""{"model":"claude-opus-5","messages":[{"role":"user","content":1}]}""", "messages: Input should be a valid list of messages")]
    [InlineData("""{"model":"claude-opus-5","messages":[{"role":"user","content":["a"]}]}""", "messages: Input should be a valid list of messages")]
    [InlineData("""{"model":"claude-2.1","messages":[]}""", "model: claude-2.1")]
    [InlineData("""{"model":"gemini-3-pro-preview","messages":[]}""", "model: gemini-3-pro-preview")]
    public async Task A_malformed_message_is_refused(string body, string error)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);

        Assert.Equal(error, (await client.PostAsync("/v1/messages", new StringContent(body))).Error);
    }

    [Fact]
    public async Task An_error_of_an_array_stream_is_in_an_array()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, model: "gpt-5");

        Assert.StartsWith("[", (await client.SendAsync(Form.JsonArray)).Raw, StringComparison.Ordinal);
        Assert.StartsWith("{", (await client.SendAsync(Form.Sse)).Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1beta/models", "models", "name")]
    [InlineData("/v1beta/openai/models", "data", "id")]
    [InlineData("/api/v1/models", "data", "id")]
    public async Task Models_are_listed(string path, string list, string name)
    {
        await using var emulator = await Emulate.StartAsync();
        using var http = new HttpClient { BaseAddress = emulator.BaseAddress };

        var body = JsonNode.Parse(await http.GetStringAsync(path, TestContext.Current.CancellationToken))!;

        Assert.Contains(body[list]!.AsArray(), model => model![name]!.GetValue<string>() == "models/gemini-3-pro-preview");
        Assert.Equal(0, emulator.GetStatistics().Requests);
    }

    [Fact]
    public async Task Other_methods_are_not_found()
    {
        await using var emulator = await Emulate.StartAsync();
        using var http = new HttpClient { BaseAddress = emulator.BaseAddress };

        using var response = await http.PutAsync("/v1beta/models", new ByteArrayContent(Encoding.UTF8.GetBytes(Body)), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
