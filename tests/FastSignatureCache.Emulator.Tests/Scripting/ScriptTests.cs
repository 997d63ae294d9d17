using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Scripting;

public class ScriptTests
{
    private const string ThreeTools = """[{"functionDeclarations":[{"name":"a"},{"name":"b"}]},{"functionDeclarations":[{"name":"c"}]}]""";

    [Theory]
    [InlineData("No directive", "a|b|c|")]
    [InlineData("[steps: 1,2,1]", "a|b,c|a|")]
    [InlineData("[STEPS:4]", "a,b,c,a|")]
    [InlineData("[steps: 0]", "")]
    [InlineData("[steps: ]", "")]
    [InlineData("[steps: 1, 999999]", "a|")]
    public async Task The_newest_text_says_what_is_called(string text, string expected)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, text) { Tools = ThreeTools };

        await client.TurnAsync();

        Assert.Equal(expected, CallsOf(client.Contents, 0));
    }

    [Fact]
    public async Task Every_turn_has_its_own_directive()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, "[steps: 2]") { Tools = ThreeTools };
        await client.TurnAsync();
        var before = client.Contents.Count;

        client.Say("[steps: 1,1]");
        await client.TurnAsync();

        Assert.Equal("a|b|", CallsOf(client.Contents, before));
    }

    [Fact]
    public async Task A_text_can_come_before_the_calls()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, "[say: Let me see.] [steps: 1]");

        var parts = NativeClient.PartsOf(await client.SendAsync());

        Assert.Equal("Let me see.", parts[0]!["text"]!.GetValue<string>());
        Assert.NotNull(parts[1]!["functionCall"]);
    }

    [Fact]
    public async Task Without_tools_it_answers_with_text()
    {
        await using var emulator = await Emulate.StartAsync();
        using var native = new NativeClient(emulator) { Tools = "[]" };
        using var chat = new ChatClient(emulator) { Tools = "[]" };

        Assert.DoesNotContain("functionCall", (await native.SendAsync()).Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("tool_calls", (await chat.SendAsync()).Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_forbids_calls_gets_text()
    {
        await using var emulator = await Emulate.StartAsync();
        using var native = new NativeClient(emulator);
        using var chat = new ChatClient(emulator) { Extra = new JsonObject { ["tool_choice"] = "none" } };
        const string body = """{"contents":[{"parts":[{"text":"Hi"}]}],"tools":"""
            + NativeClient.OneTool + ""","toolConfig":{"functionCallingConfig":{"mode":"NONE"}}}""";

        var reply = await native.PostAsync("/v1beta/models/gemini-3-pro-preview:generateContent", new StringContent(body));

        Assert.DoesNotContain("functionCall", reply.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("tool_calls", (await chat.SendAsync()).Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_get_the_same_names_and_arguments_and_other_signatures()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { CallIds = CallIdStyle.None });
        using var one = new NativeClient(emulator, "One");
        using var other = new NativeClient(emulator, "Other");
        await one.StepAsync();
        await other.StepAsync();

        Assert.Equal("""{"name":"read","args":{"path":"value","lines":3}}""", one.Part(1)["functionCall"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(one.Part(1)["functionCall"], other.Part(1)["functionCall"]));
        Assert.False(JsonNode.DeepEquals(one.Part(1), other.Part(1)));
    }

    [Fact]
    public async Task Ids_by_name_differ_among_siblings_only()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { CallIds = CallIdStyle.ByName });
        using var client = new NativeClient(emulator, "[steps: 3,1]");
        await client.TurnAsync();

        Assert.Equal(
            ["call_read", "call_read_2", "call_read_3"],
            client.Contents[1]!["parts"]!.AsArray().Select(part => part!["functionCall"]!["id"]!.GetValue<string>()));
        Assert.Equal("call_read", client.Part(3)["functionCall"]!["id"]!.GetValue<string>());
    }

    private static string CallsOf(JsonArray contents, int start) => string.Concat(contents.Skip(start)
        .Where(content => content!["role"]!.GetValue<string>() == "model")
        .Select(content => content!["parts"]!.AsArray().Select(part => part!["functionCall"]?["name"]?.GetValue<string>()).OfType<string>())
        .Where(names => names.Any())
        .Select(names => string.Join(',', names) + "|"));
}
