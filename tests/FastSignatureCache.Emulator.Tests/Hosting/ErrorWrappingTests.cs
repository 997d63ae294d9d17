using System.Net;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Hosting;

public class ErrorWrappingTests
{
    private const string Corrupted = "Corrupted thought signature.";
    private static readonly string Invalid = ThinkingTexts.InvalidSignature("messages.1.content.0");

    [Fact]
    public async Task An_error_can_be_in_an_array()
    {
        var (native, chat, messages) = await RefuseAsync(ErrorWrapping.JsonArray);

        Assert.Equal(Corrupted, Message(Assert.Single(JsonNode.Parse(native.Raw)!.AsArray())));
        Assert.Equal(Corrupted, Message(Assert.Single(JsonNode.Parse(chat.Raw)!.AsArray())));
        Assert.Equal(Invalid, Message(Assert.Single(JsonNode.Parse(messages.Raw)!.AsArray())));
        Assert.All([native, chat, messages], reply => Assert.Equal(HttpStatusCode.BadRequest, reply.Status));
    }

    [Fact]
    public async Task An_error_can_be_a_string_in_a_429()
    {
        var (native, chat, messages) = await RefuseAsync(ErrorWrapping.TooManyRequests);

        Assert.Equal(Corrupted, Message(JsonNode.Parse(native.Error)));
        Assert.Equal(Corrupted, Message(JsonNode.Parse(chat.Error)![0]));
        Assert.Equal(Invalid, Message(JsonNode.Parse(messages.Error)));
        Assert.All([native, chat, messages], reply =>
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, reply.Status);
            Assert.Equal("RESOURCE_EXHAUSTED", JsonNode.Parse(reply.Raw)!["error"]!["status"]!.GetValue<string>());
            Assert.Equal(429, JsonNode.Parse(reply.Raw)!["error"]!["code"]!.GetValue<int>());
        });
        Assert.StartsWith(
            """{"error":{"code":429,"message":"{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages.1.content.0: Invalid `signature`""",
            messages.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_can_be_a_string_in_a_500()
    {
        var (native, chat, messages) = await RefuseAsync(ErrorWrapping.ServerError);

        Assert.Equal(Corrupted, Message(JsonNode.Parse(RawOf(native))));
        Assert.Equal(Corrupted, Message(JsonNode.Parse(RawOf(chat))![0]));
        Assert.Equal(Invalid, Message(JsonNode.Parse(RawOf(messages))));
        Assert.All([native, chat, messages], reply =>
            Assert.Equal((HttpStatusCode.InternalServerError, "Provider returned error"), (reply.Status, reply.Error)));
    }

    [Fact]
    public async Task A_header_goes_before_the_property_and_that_before_the_option()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { ErrorWrapping = ErrorWrapping.ServerError });
        using var client = new MessagesClient(emulator, model: "gpt-5");
        Assert.Equal(ErrorWrapping.ServerError, emulator.ErrorWrapping);
        Assert.Equal(HttpStatusCode.InternalServerError, (await client.SendAsync()).Status);

        emulator.ErrorWrapping = ErrorWrapping.TooManyRequests;
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.SendAsync()).Status);

        client.Headers[EmulatorHeaders.ErrorWrapping] = "none";
        Assert.Equal("model: gpt-5", (await client.SendAsync()).Error);
    }

    [Fact]
    public async Task Answers_and_faults_stay_as_they_are()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { ErrorWrapping = ErrorWrapping.TooManyRequests });
        using var client = new MessagesClient(emulator);
        Assert.True((await client.SendAsync()).Ok);

        client.Headers[EmulatorHeaders.Fault] = EmulatorFault.AnswerStatus(503).ToString();
        var reply = await client.SendAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.Status);
        Assert.Contains("\"type\":\"overloaded_error\"", reply.Raw, StringComparison.Ordinal);
    }

    private static string Message(JsonNode? error) => error!["error"]!["message"]!.GetValue<string>();

    private static string RawOf(Reply reply) => JsonNode.Parse(reply.Raw)!["error"]!["metadata"]!["raw"]!.GetValue<string>();

    private static async Task<(Reply Native, Reply Chat, Reply Messages)> RefuseAsync(ErrorWrapping wrapping)
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { ErrorWrapping = wrapping });
        using var native = new NativeClient(emulator);
        using var chat = new ChatClient(emulator);
        using var messages = new MessagesClient(emulator);
        await native.StepAsync();
        await chat.StepAsync();
        await messages.StepAsync();
        emulator.ReplaceSigningKey(default);
        return (await native.SendAsync(), await chat.SendAsync(), await messages.SendAsync());
    }
}
