using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.OpenAi;

public class ChatFormTests
{
    [Theory]
    [InlineData(Form.Json)]
    [InlineData(Form.Sse)]
    public async Task Calls_end_with_tool_calls_or_with_stop(Form form)
    {
        Assert.Equal(["tool_calls", "stop"], await FinishReasonsAsync(new EmulatorOptions(), form));
        Assert.Equal(["stop", "stop"], await FinishReasonsAsync(new EmulatorOptions { FinishCallsWithStop = true }, form));
    }

    [Fact]
    public async Task Usage_comes_last_in_a_stream_that_asks_for_it()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new ChatClient(emulator) { Extra = { ["stream_options"] = new JsonObject { ["include_usage"] = true } } };

        var last = (await client.SendAsync(Form.Sse)).Events[^1];

        Assert.Empty(last["choices"]!.AsArray());
        Assert.NotNull(last["usage"]!["total_tokens"]);
    }

    [Theory]
    [InlineData(Form.Json)]
    [InlineData(Form.Sse)]
    public async Task Text_is_signed_unless_that_is_off(Form form)
    {
        await using var emulator = await Emulate.StartAsync();
        await using var unsigned = await Emulate.StartAsync(new EmulatorOptions { SignOpenAiText = false });
        using var one = new ChatClient(emulator, "[steps: 0]");
        using var other = new ChatClient(unsigned, "[steps: 0]");

        Assert.NotNull(ChatClient.MessageOf(await one.SendAsync(form))["extra_content"]!["google"]!["thought_signature"]);
        Assert.Null(ChatClient.MessageOf(await other.SendAsync(form))["extra_content"]);
    }

    [Fact]
    public async Task Arguments_come_in_pieces_with_an_index()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { EventLength = 5 });
        using var client = new ChatClient(emulator, "[steps: 2]");

        var calls = CallDeltas(await client.SendAsync(Form.Sse));

        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], calls.Select(call => call["index"]!.GetValue<int>()));
        Assert.Equal(2, calls.Count(call => call["id"] is not null));
    }

    [Fact]
    public async Task Without_an_index_each_call_is_one_delta()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { EventLength = 5, OmitToolCallIndex = true });
        using var client = new ChatClient(emulator, "[steps: 2]");

        var calls = CallDeltas(await client.SendAsync(Form.Sse));

        Assert.Equal(2, calls.Count);
        Assert.All(calls, call => Assert.Null(call["index"]));
    }

    [Theory]
    [InlineData(SignaturePlacement.OnCall, 1)]
    [InlineData(SignaturePlacement.ThoughtPart, 1)]
    [InlineData(SignaturePlacement.LaterEvent, 1)]
    [InlineData(SignaturePlacement.Split, 3)]
    [InlineData(SignaturePlacement.Repeated, 2)]
    public async Task The_signature_is_where_the_options_want_it(SignaturePlacement placement, int deltas)
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { Placement = placement });
        using var client = new ChatClient(emulator, "[steps: 1]");

        var calls = CallDeltas(await client.SendAsync(Form.Sse));

        var signed = calls.Where(call => call["extra_content"] is not null).ToList();
        Assert.Equal(deltas, signed.Count);
        Assert.Equal(placement == SignaturePlacement.LaterEvent, signed[0]["function"] is null);
    }

    [Fact]
    public async Task Vertex_names_the_place_after_itself()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new ChatClient(emulator) { Path = "/v1/projects/p/locations/global/endpoints/openapi/chat/completions" };

        var message = ChatClient.MessageOf(await client.SendAsync());

        Assert.NotNull(message["tool_calls"]![0]!["extra_content"]!["vertex"]!["thought_signature"]);
    }

    [Theory]
    [InlineData("models/gemini-3-pro-preview")]
    [InlineData("google/gemini-3-pro-preview")]
    public async Task A_models_prefix_is_not_part_of_its_name(string model)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new ChatClient(emulator, model: model);

        Assert.True((await client.TurnAsync()).Ok);
    }

    [Fact]
    public async Task Content_may_be_an_array_of_parts()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new ChatClient(emulator);
        client.Messages[1]!["content"] = JsonNode.Parse("""[{"type":"text","text":"[steps: 0]"},{"type":"image_url","image_url":{"url":"data:"}}]""");

        Assert.DoesNotContain("tool_calls", (await client.TurnAsync()).Raw, StringComparison.Ordinal);
    }

    private static async Task<List<string>> FinishReasonsAsync(EmulatorOptions options, Form form)
    {
        await using var emulator = await Emulate.StartAsync(options);
        using var client = new ChatClient(emulator, "[steps: 1]");
        Reply[] replies = [await client.StepAsync(form), await client.StepAsync(form)];
        return replies.Select(reply => reply.Events[^1]["choices"]![0]!["finish_reason"]!.GetValue<string>()).ToList();
    }

    private static List<JsonObject> CallDeltas(Reply reply) => reply.Events
        .Select(item => item["choices"]![0]!["delta"]!["tool_calls"]?[0]?.AsObject())
        .OfType<JsonObject>().ToList();
}
