using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Anthropic;

public class MessagesLoopTests
{
    public static TheoryData<Form, string, string> Ways => new MatrixTheoryData<Form, string, string>(
        [Form.Json, Form.Sse],
        [MessagesClient.Older, MessagesClient.Newer, MessagesClient.Bound],
        ["t", "tt,r,0", "er,0,ttr,e", "0"]);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_client_that_returns_what_it_got_passes_two_turns(Form form, string model, string thinking)
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { Thinking = thinking, NetworkChunkSize = 100 });
        using var client = new MessagesClient(emulator, "Go [steps: 1,2,1] [say: Let me look at that file first.]", model);

        Assert.True((await client.TurnAsync(form)).Ok);
        client.Say("And again");
        var last = await client.TurnAsync(form);

        Assert.True(last.Ok, last.Raw);
        var counts = emulator.GetStatistics();
        Assert.Equal((8, 0), (counts.Accepted, counts.Refused));
        Assert.Equal(counts.SignaturesIssued, client.Messages
            .Where(message => message!["role"]!.GetValue<string>() == "assistant")
            .Sum(message => message!["content"]!.AsArray().Count(MessagesClient.IsThinking)));
        Assert.Equal(thinking != "0", counts.SignaturesVerified > 0);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData(null)]
    public async Task With_thinking_off_there_are_no_blocks_and_none_are_looked_at(string? type)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator);
        await client.StepAsync();
        client.Block(1)["signature"] = "nonsense";
        client.Body["thinking"] = type is null ? null : new System.Text.Json.Nodes.JsonObject { ["type"] = type };

        var reply = await client.StepAsync();

        Assert.DoesNotContain(client.Blocks(3), MessagesClient.IsThinking);
        Assert.True((await client.TurnAsync()).Ok, reply.Raw);
        Assert.Equal(0, emulator.GetStatistics().SignaturesVerified);
    }

    [Fact]
    public async Task Adaptive_thinking_is_thinking()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator);
        client.Body["thinking"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "adaptive" };
        await client.StepAsync();

        Assert.True(MessagesClient.IsThinking(client.Block(1)));
    }

    [Theory]
    [InlineData(MessagesClient.Older)]
    [InlineData(MessagesClient.Bound)]
    public async Task Another_emulator_with_the_same_key_takes_the_conversation_over(string model)
    {
        var options = new EmulatorOptions { SigningKey = new byte[] { 1 }, Thinking = "tr" };
        await using var first = await Emulate.StartAsync(options);
        await using var second = await Emulate.StartAsync(options);
        using var client = new MessagesClient(first, model: model);
        using var moved = new MessagesClient(second, model: model);
        await client.StepAsync();
        moved.Body["messages"] = client.Messages.DeepClone();

        Assert.True((await moved.TurnAsync()).Ok);
    }
}
