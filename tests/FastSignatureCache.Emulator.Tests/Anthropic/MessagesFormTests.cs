using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Anthropic;

public class MessagesFormTests
{
    [Fact]
    public async Task A_message_has_reasoning_then_text_then_calls()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator, "[thinking: ter] [say: Let me see.] [steps: 2]");

        var message = (await client.SendAsync()).Events.Single();

        Assert.Equal(
            ["thinking", "thinking", "redacted_thinking", "text", "tool_use", "tool_use"],
            message["content"]!.AsArray().Select(block => block!["type"]!.GetValue<string>()));
        Assert.Equal(("message", "assistant", "tool_use"), (Text(message["type"]), Text(message["role"]), Text(message["stop_reason"])));
        Assert.NotEqual("", Text(message["content"]![0]!["thinking"]));
        Assert.Equal("", Text(message["content"]![1]!["thinking"]));
        Assert.NotEqual("", Text(message["content"]![1]!["signature"]));
        Assert.Equal(["type", "data"], message["content"]![2]!.AsObject().Select(member => member.Key));
        Assert.StartsWith("toolu_", Text(message["content"]![4]!["id"]), StringComparison.Ordinal);
        Assert.Equal("""{"path":"value","lines":3}""", message["content"]![4]!["input"]!.ToJsonString());
    }

    [Fact]
    public async Task A_stream_has_its_events_in_order()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { EventLength = 1000 });
        using var client = new MessagesClient(emulator, "[thinking: ter] [say: Let me see.] [steps: 1]");

        var reply = await client.SendAsync(Form.Sse);

        Assert.Equal("text/event-stream", reply.MediaType);
        Assert.Equal(
            [
                "message_start",
                "content_block_start 0 thinking", "ping", "thinking_delta", "signature_delta", "content_block_stop",
                "content_block_start 1 thinking", "signature_delta", "content_block_stop",
                "content_block_start 2 redacted_thinking", "content_block_stop",
                "content_block_start 3 text", "text_delta", "content_block_stop",
                "content_block_start 4 tool_use", "input_json_delta", "input_json_delta", "content_block_stop",
                "message_delta tool_use", "message_stop",
            ],
            reply.Events.Select(Describe));
        Assert.Equal("""{"type":"thinking","thinking":"","signature":""}""", reply.Events[1]["content_block"]!.ToJsonString());
        Assert.Equal("{}", reply.Events[14]["content_block"]!["input"]!.ToJsonString());
        Assert.NotNull(reply.Events[^2]["usage"]!["output_tokens"]);
    }

    [Theory]
    [InlineData(null, "\n")]
    [InlineData("\n", "\n")]
    [InlineData("\r\n", "\r\n")]
    public async Task Each_event_has_its_name_before_its_data(string? option, string ending)
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { LineEnding = option });
        using var client = new MessagesClient(emulator);

        var events = (await client.SendAsync(Form.Sse)).Raw.Split(ending + ending);

        Assert.Equal("", events[^1]);
        Assert.All(events[..^1], item =>
        {
            var lines = item.Split(ending);
            Assert.Equal(2, lines.Length);
            Assert.Equal($"event: {JsonNode.Parse(lines[1]["data: ".Length..])!["type"]}", lines[0]);
        });
        Assert.Equal($"event: message_stop{ending}data: {{\"type\":\"message_stop\"}}", events[^2]);
    }

    [Fact]
    public async Task A_stream_and_a_body_say_the_same_and_need_escapes()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { EventLength = 1 });
        using var whole = new MessagesClient(emulator);
        using var streamed = new MessagesClient(emulator);
        await whole.StepAsync();
        await streamed.StepAsync(Form.Sse);

        var text = Text(whole.Block(1)["thinking"]);
        Assert.Equal(text, Text(streamed.Block(1)["thinking"]));
        Assert.All(["\"", "\\", "\n", "\t", "<", "日本語", "\U0001F914", "\u2028"], piece => Assert.Contains(piece, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_of_models_is_of_the_protocol_that_its_header_says()
    {
        await using var emulator = await Emulate.StartAsync();
        using var http = new HttpClient { BaseAddress = emulator.BaseAddress };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        http.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");

        var list = JsonNode.Parse(await http.GetStringAsync("/v1/models", TestContext.Current.CancellationToken))!;

        var ids = list["data"]!.AsArray().Select(model => Text(model!["id"])).ToList();
        Assert.All([MessagesClient.Older, MessagesClient.Newer, MessagesClient.Bound], model => Assert.Contains(model, ids));
        Assert.All(list["data"]!.AsArray(), model => Assert.Equal("model", Text(model!["type"])));
        Assert.Equal((ids[0], ids[^1], false), (Text(list["first_id"]), Text(list["last_id"]), list["has_more"]!.GetValue<bool>()));
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static string Describe(JsonNode item) => Text(item["type"]) switch
    {
        "content_block_start" => $"content_block_start {item["index"]} {item["content_block"]!["type"]}",
        "content_block_delta" => Text(item["delta"]!["type"]),
        "message_delta" => $"message_delta {item["delta"]!["stop_reason"]}",
        var type => type,
    };
}
