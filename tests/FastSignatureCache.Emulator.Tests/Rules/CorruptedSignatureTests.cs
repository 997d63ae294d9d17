using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Rules;

public class CorruptedSignatureTests
{
    [Fact]
    public async Task One_from_another_conversation_is_refused() =>
        await AssertMovedIsRefused(client => client.Contents[0] = NativeClient.Content("user", new JsonObject { ["text"] = "Other" }));

    [Fact]
    public async Task One_from_under_another_system_instruction_is_refused() =>
        await AssertMovedIsRefused(client => client.System = "Another role");

    [Fact]
    public async Task One_from_a_conversation_that_only_the_provider_can_tell_apart_is_refused() =>
        await AssertMovedIsRefused(client => client.Mark = "another");

    [Fact]
    public async Task One_from_another_model_is_refused() =>
        await AssertMovedIsRefused(client => client.Model = "gemini-3-flash-preview");

    [Fact]
    public async Task One_from_another_model_is_refused_by_2_5_too() =>
        await AssertMovedIsRefused(client => client.Model = "gemini-2.5-pro");

    [Fact]
    public async Task One_for_other_arguments_is_refused() =>
        await AssertMovedIsRefused(client => client.Part(1)["functionCall"]!["args"]!["path"] = "other");

    [Fact]
    public async Task One_for_another_tool_is_refused() =>
        await AssertMovedIsRefused(client => client.Part(1)["functionCall"]!["name"] = "write");

    [Fact]
    public async Task One_for_another_call_id_is_refused() =>
        await AssertMovedIsRefused(client => client.Part(1)["functionCall"]!["id"] = "other");

    [Fact]
    public async Task A_damaged_one_is_refused() => await AssertMovedIsRefused(client =>
    {
        var signature = client.Part(1)["thoughtSignature"]!.GetValue<string>();
        client.Part(1)["thoughtSignature"] = signature[..30] + (signature[30] == 'A' ? 'B' : 'A') + signature[31..];
    });

    [Fact]
    public async Task A_truncated_one_is_refused() => await AssertMovedIsRefused(client =>
        client.Part(1)["thoughtSignature"] = client.Part(1)["thoughtSignature"]!.GetValue<string>()[..40]);

    [Fact]
    public async Task One_on_a_parallel_sibling_is_refused()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { CallIds = CallIdStyle.None });
        using var client = new NativeClient(emulator, "[steps: 2]");
        await client.StepAsync();
        client.Part(1, 1)["thoughtSignature"] = client.Part(1)["thoughtSignature"]!.DeepClone();

        Assert.Equal("Corrupted thought signature.", (await client.SendAsync()).Error);
    }

    [Fact]
    public async Task One_from_another_step_is_refused_though_its_call_looks_the_same()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { CallIds = CallIdStyle.None });
        using var client = new NativeClient(emulator);
        await client.StepAsync();
        await client.StepAsync();
        client.Part(3)["thoughtSignature"] = client.Part(1)["thoughtSignature"]!.DeepClone();

        Assert.Equal("Corrupted thought signature.", (await client.SendAsync()).Error);
    }

    [Fact]
    public async Task A_wrong_one_in_an_earlier_turn_is_refused()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, "[steps: 0]");
        await client.TurnAsync();
        client.Say("More");
        client.Part(1)["text"] = "Something else";

        Assert.Equal("Corrupted thought signature.", (await client.SendAsync()).Error);
    }

    [Fact]
    public async Task Vertex_says_it_in_its_own_words_with_two_dots()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator) { Prefix = "/v1/projects/p/locations/global/publishers/google" };
        await client.StepAsync();
        client.Mark = "another";

        Assert.StartsWith(
            "Unable to submit request because Thought signature is not valid.. Learn more: ",
            (await client.SendAsync()).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_one_is_reported_before_a_missing_one()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);
        await client.StepAsync();
        await client.StepAsync();
        NativeClient.WithoutSignatures(client.Contents[1]!["parts"]!.AsArray());
        client.Part(3)["functionCall"]!["name"] = "write";

        Assert.Equal("Corrupted thought signature.", (await client.SendAsync()).Error);
    }

    private static async Task AssertMovedIsRefused(Action<NativeClient> move)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);
        await client.StepAsync();
        Assert.True((await client.SendAsync()).Ok);

        move(client);

        Assert.Equal("Corrupted thought signature.", (await client.SendAsync()).Error);
        Assert.Equal(1, emulator.GetStatistics().RefusedCorrupted);
    }
}
