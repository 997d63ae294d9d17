using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Rules;

/// <summary>Models since Claude 5.1, whose blocks are bound to all that stood before them.</summary>
public class BoundThinkingTests
{
    private const string First = "messages.1.content.0";

    [Fact]
    public async Task Another_system_prompt_is_refused_in_these_words()
    {
        var error = await ErrorAfter(client => client.Body["system"] = "Be long.");

        Assert.Equal(
            "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation. Remove the block, or set `thinking.block_binding.prefix_mismatch_behavior` to \"drop_block\". That setting requires the `thinking-binding-controls-2026-08-01` value in the `anthropic-beta` header. The `system` prompt differs from the one this block was created with.",
            error);
    }

    [Fact]
    public async Task Other_tools_are_refused() => Assert.EndsWith(
        "header. The `tools` list differs from the one this block was created with.",
        await ErrorAfter(client => client.Body["tools"]!.AsArray().Add(new JsonObject { ["name"] = "new" })),
        StringComparison.Ordinal);

    [Fact]
    public async Task Other_messages_are_refused()
    {
        Assert.Equal(Other(First), await ErrorAfter(client => client.Messages[0]!["content"] = "Other"));
        Assert.Equal(Other("messages.3.content.0"), await ErrorAfter(client => client.Block(2)["content"] = "other"));
        Assert.Equal(Other("messages.3.content.0"), await ErrorAfter(client => client.Block(1, 1)["input"]!["lines"] = 4));
    }

    [Fact]
    public async Task A_gap_is_refused() => Assert.Equal(
        Other("messages.5.content.0", "The `thinking` block that preceded this one when it was created is missing from this request."),
        await ErrorAfter(client => client.Blocks(3).RemoveAt(0)));

    [Fact]
    public async Task The_oldest_blocks_or_the_newest_can_be_left_out()
    {
        Assert.Null(await ErrorAfter(client => client.Blocks(1).RemoveAt(0)));
        Assert.Null(await ErrorAfter(client => client.Blocks(5).RemoveAt(0)));
    }

    [Fact]
    public async Task A_block_restored_before_one_that_was_made_without_it_is_refused()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator, model: MessagesClient.Bound);
        await client.StepAsync();
        var block = client.Block(1).DeepClone();
        client.Blocks(1).RemoveAt(0);
        await client.StepAsync();
        client.Blocks(1).Insert(0, block);

        Assert.Equal(Other("messages.3.content.0"), (await client.SendAsync()).Error);
    }

    [Fact]
    public async Task A_redacted_block_is_bound_too() => Assert.StartsWith(
        "messages.1.content.0: Invalid `data` in `redacted_thinking` block. The block is bound to a different conversation.",
        await ErrorAfter(client => client.Body["system"] = "Be long.", "[thinking: r]"), StringComparison.Ordinal);

    [Fact]
    public async Task Who_sends_the_beta_header_is_not_told_about_it()
    {
        var error = await ErrorAfter(client =>
        {
            client.Body["system"] = "Be long.";
            client.Headers["anthropic-beta"] = "other-2026-01-01, thinking-binding-controls-2026-08-01";
        });

        Assert.EndsWith("\"drop_block\". The `system` prompt differs from the one this block was created with.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_clients_move_about_and_write_in_another_way_is_the_same()
    {
        Assert.Null(await ErrorAfter(client =>
        {
            var cached = new JsonObject { ["type"] = "ephemeral" };
            client.Body["system"] = new JsonArray(Text("Be brief."));
            client.Body["system"]![0]!["cache_control"] = cached.DeepClone();
            client.Body["tools"]![0]!["cache_control"] = cached.DeepClone();
            client.Messages[0]!["content"] = new JsonArray(Text("Hello"));
            client.Messages[0]!["content"]![0]!["cache_control"] = cached.DeepClone();
            client.Block(2)["cache_control"] = cached.DeepClone();
        }));
    }

    [Fact]
    public async Task A_system_message_in_the_middle_starts_no_turn_and_is_part_of_what_stands_before()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator, "[steps: 1,1]", MessagesClient.Bound);
        await client.StepAsync();
        client.Messages.Add(MessagesClient.Message("system", "[steps: 1,1,1,1]"));
        await client.StepAsync();
        Assert.True((await client.StepAsync()).Ok);
        Assert.DoesNotContain("tool_use", client.Blocks(6).ToJsonString(), StringComparison.Ordinal);

        client.Messages.RemoveAt(3);
        Assert.Equal(Other("messages.3.content.0"), (await client.SendAsync()).Error);
    }

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    private static string Other(string path, string? difference = null) =>
        ThinkingTexts.OtherConversation(path, redacted: false, sendsBeta: false, difference);

    /// <summary>What is said after three steps and a change; <see langword="null"/> if nothing.</summary>
    private static async Task<string?> ErrorAfter(Action<MessagesClient> change, string text = "Hello")
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator, text, MessagesClient.Bound);
        for (var step = 0; step < 3; step++)
            await client.StepAsync();
        change(client);

        var reply = await client.SendAsync();

        Assert.Equal(reply.Ok ? 0 : 1, emulator.GetStatistics().RefusedCorrupted);
        return reply.Ok ? null : reply.Error;
    }
}
