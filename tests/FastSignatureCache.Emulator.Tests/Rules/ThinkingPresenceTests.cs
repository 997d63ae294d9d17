using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Rules;

public class ThinkingPresenceTests
{
    [Theory]
    [InlineData("claude-sonnet-4-5")]
    [InlineData("claude-sonnet-4-5-20250929")]
    [InlineData("claude-opus-4-1")]
    [InlineData("claude-opus-4-20250514")]
    [InlineData("claude-3-7-sonnet-20250219")]
    [InlineData("anthropic/claude-haiku-4.5")]
    public async Task An_older_model_wants_the_blocks_of_a_tool_loop(string model)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator, model: model) { Keep = MessagesClient.WithoutThinking };
        await client.StepAsync();

        var refused = await client.SendAsync();

        Assert.Equal(ThinkingTexts.Expected("messages.1.content.0", "tool_use"), refused.Error);
        Assert.StartsWith(
            "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block (preceeding",
            refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, emulator.GetStatistics().RefusedMissing);
    }

    [Theory]
    [InlineData("claude-sonnet-4-6")]
    [InlineData("claude-opus-5")]
    [InlineData("claude-mythos-5-1")]
    [InlineData("claude-fable-5.1")]
    public async Task A_newer_model_gets_along_without(string model)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator, model: model) { Keep = MessagesClient.WithoutThinking };

        Assert.True((await client.TurnAsync()).Ok);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_step_of_the_turn_is_looked_at(int stripped)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator, "[say: A text.]");
        for (var step = 0; step < 3; step++)
            await client.StepAsync();
        client.Messages[1 + (2 * stripped)]!["content"] = MessagesClient.WithoutThinking(client.Blocks(1 + (2 * stripped)));

        Assert.Equal(
            ThinkingTexts.Expected($"messages.{1 + (2 * stripped)}.content.0", "text"), (await client.SendAsync()).Error);
    }

    [Fact]
    public async Task What_was_never_issued_is_not_missed()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator, "[thinking: 0,t,0]");

        Assert.True((await client.TurnAsync()).Ok);
        client.Keep = MessagesClient.WithoutThinking;
        client.Say("[thinking: 0,t] Again");
        var refused = await client.TurnAsync();

        Assert.Equal(ThinkingTexts.Expected("messages.11.content.0", "tool_use"), refused.Error);
    }

    [Fact]
    public async Task Earlier_turns_need_none()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator);
        await client.TurnAsync();
        foreach (var message in client.Messages.Where(message => message!["role"]!.GetValue<string>() == "assistant"))
            message!["content"] = MessagesClient.WithoutThinking(message["content"]!.AsArray());
        client.Say("Again");

        Assert.True((await client.TurnAsync()).Ok);
    }

    [Fact]
    public async Task A_client_that_turns_thinking_off_needs_none()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator) { Keep = MessagesClient.WithoutThinking };
        await client.StepAsync();
        client.Body.Remove("thinking");

        Assert.True((await client.TurnAsync()).Ok);
    }
}
