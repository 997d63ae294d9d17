using System.Net;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Rules;

public class ThinkingBlockTests
{
    private const string First = "messages.1.content.0";
    private const string Second = "messages.1.content.1";

    public static TheoryData<string> Models => [MessagesClient.Older, MessagesClient.Newer, MessagesClient.Bound];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_damaged_signature_is_refused(string model)
    {
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 3, client => Damage(client.Block(1), "signature"));
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 1, client => Damage(client.Block(1), "signature"));
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 1, client => client.Block(1)["signature"] = "");
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 1, client => client.Block(1)["signature"] = "?");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_redacted_block_with_other_data_is_refused(string model)
    {
        await AssertRefused(model, ThinkingTexts.InvalidData(Second), 2, client => Damage(client.Block(1, 1), "data"));
        await AssertRefused(
            model, ThinkingTexts.InvalidData(Second), 2, client => client.Block(1, 1)["data"] = client.Block(1)["signature"]!.DeepClone());
    }

    [Fact]
    public async Task A_signature_is_no_data_of_a_redacted_block()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { Thinking = "e" });
        using var client = new MessagesClient(emulator);
        await client.StepAsync();
        client.Blocks(1)[0] = new JsonObject { ["type"] = "redacted_thinking", ["data"] = client.Block(1)["signature"]!.DeepClone() };

        Assert.Equal(ThinkingTexts.InvalidData(First), (await client.SendAsync()).Error);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_block_without_its_signature_is_refused(string model)
    {
        const string required = "messages.1.content.0.thinking.signature: Field required";
        await AssertRefused(model, required, 1, client => client.Block(1).Remove("signature"), missing: true);
        await AssertRefused(
            model, ThinkingTexts.DataRequired(Second), 1, client => client.Block(1, 1).Remove("data"), missing: true);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task An_altered_text_is_refused(string model)
    {
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 2, client => client.Block(1)["thinking"] = "Other");
        await AssertRefused(model, ThinkingTexts.Modified(First), 1, client => client.Block(1)["thinking"] = "Other");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task The_latest_message_keeps_all_its_blocks_in_order(string model)
    {
        await AssertRefused(model, ThinkingTexts.Modified(First), 1, client => client.Blocks(1).RemoveAt(1));
        await AssertRefused(model, ThinkingTexts.Modified(First), 1, client => client.Blocks(1).RemoveAt(0));
        await AssertRefused(model, ThinkingTexts.Modified(First), 1, client => MoveFirst(client.Blocks(1), 1));
        await AssertRefused(model, ThinkingTexts.Modified(First), 1, client => MoveFirst(client.Blocks(1), 2));
    }

    [Theory]
    [InlineData(MessagesClient.Older)]
    [InlineData(MessagesClient.Newer)]
    public async Task An_earlier_message_keeps_them_too(string model)
    {
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 2, client => client.Blocks(1).RemoveAt(1));
        await AssertRefused(model, ThinkingTexts.InvalidData(First), 2, client => client.Blocks(1).RemoveAt(0));
    }

    [Theory]
    [InlineData(MessagesClient.Older)]
    [InlineData(MessagesClient.Newer)]
    public async Task A_block_of_another_step_or_conversation_is_refused(string model)
    {
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 2, client =>
            client.Block(1)["signature"] = client.Block(3)["signature"]!.DeepClone());
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 1, client => client.Messages[0]!["content"] = "Other");
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 1, client => client.Body["system"] = "Other");
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 1, client => client.Headers[EmulatorHeaders.Conversation] = "b");
        await AssertRefused(model, ThinkingTexts.InvalidSignature(First), 1, client => client.Body["model"] = "claude-haiku-4-5");
    }

    [Fact]
    public async Task A_refusal_has_the_shape_of_the_provider()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new MessagesClient(emulator);
        await client.StepAsync();
        Damage(client.Block(1), "signature");

        var reply = await client.SendAsync(Form.Sse);

        Assert.Equal((HttpStatusCode.BadRequest, "application/json"), (reply.Status, reply.MediaType));
        var error = JsonNode.Parse(reply.Raw)!;
        Assert.Equal("error", error["type"]!.GetValue<string>());
        Assert.Equal("invalid_request_error", error["error"]!["type"]!.GetValue<string>());
        Assert.Contains("messages.1.content.0: Invalid `signature` in `thinking` block\"", reply.Raw, StringComparison.Ordinal);
        Assert.StartsWith("req_", error["request_id"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static void Damage(JsonObject block, string member)
    {
        var text = block[member]!.GetValue<string>();
        block[member] = text[..30] + (text[30] == 'A' ? 'B' : 'A') + text[31..];
    }

    private static void MoveFirst(JsonArray blocks, int to)
    {
        var first = blocks[0]!;
        blocks.RemoveAt(0);
        blocks.Insert(to, first);
    }

    private static async Task AssertRefused(
        string model, string error, int steps, Action<MessagesClient> change, bool missing = false)
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { Thinking = "tr" });
        using var client = new MessagesClient(emulator, "[steps: 1,1,1,1]", model);
        for (var step = 0; step < steps; step++)
            await client.StepAsync();
        change(client);

        var reply = await client.SendAsync();

        Assert.False(reply.Ok);
        Assert.Equal(error, reply.Error);
        var counts = emulator.GetStatistics();
        Assert.Equal((missing ? 1 : 0, missing ? 0 : 1), (counts.RefusedMissing, counts.RefusedCorrupted));
    }
}
