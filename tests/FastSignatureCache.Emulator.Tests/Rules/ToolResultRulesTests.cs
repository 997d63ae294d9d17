using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Rules;

public class ToolResultRulesTests
{
    [Fact]
    public async Task A_call_without_a_result_is_refused() => await AssertRefused(
        client => client.Blocks(2).RemoveAt(0),
        client => $"messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: {IdOf(client, 1)}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.");

    [Fact]
    public async Task Calls_at_the_end_are_refused() => await AssertRefused(
        client => client.Messages.RemoveAt(2),
        client => $"messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: {IdOf(client, 1)}, {IdOf(client, 2)}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.");

    [Fact]
    public async Task A_result_without_a_call_is_refused() => await AssertRefused(
        client => client.Blocks(2).Add(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = "toolu_other" }),
        _ => "messages.2.content.2: unexpected `tool_use_id` found in `tool_result` blocks: toolu_other. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");

    [Fact]
    public async Task No_messages_are_refused() =>
        await AssertRefused(client => client.Messages.Clear(), _ => ToolResultRules.NoMessages);

    [Fact]
    public async Task Messages_of_one_role_in_a_row_are_one()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator, "[steps: 2]", MessagesClient.Bound);
        await client.StepAsync();
        var blocks = client.Blocks(1);
        var call = blocks[2]!;
        blocks.RemoveAt(2);
        client.Messages.Insert(2, MessagesClient.Message("assistant", new JsonArray(call)));

        Assert.True((await client.SendAsync()).Ok);
    }

    private static string IdOf(MessagesClient client, int call) => client.Block(1, call)["id"]!.GetValue<string>();

    private static async Task AssertRefused(Action<MessagesClient> change, Func<MessagesClient, string> error)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator, "[steps: 2]");
        await client.StepAsync();
        change(client);

        Assert.Equal(error(client), (await client.SendAsync()).Error);
        Assert.Equal(1, emulator.GetStatistics().RefusedOther);
    }
}
