using System.Net;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Rules;

public class MissingSignatureTests
{
    [Theory]
    [InlineData(Form.Json)]
    [InlineData(Form.JsonArray)]
    [InlineData(Form.Sse)]
    public async Task A_client_that_strips_is_refused_at_its_second_step(Form form)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator) { Keep = NativeClient.WithoutSignatures };

        Assert.True((await client.StepAsync(form)).Ok);
        var refused = await client.StepAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(
            "Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, "
            + "and missing thought_signature may lead to degraded model performance. Additional data, function call "
            + "`default_api:read` , position 2. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for "
            + "more details.",
            refused.Error);
        Assert.Contains("INVALID_ARGUMENT", refused.Raw, StringComparison.Ordinal);
        Assert.Equal(1, emulator.GetStatistics().RefusedMissing);
        Assert.Equal(1, emulator.GetStatistics().Refused);
    }

    [Fact]
    public async Task The_error_names_the_position_of_the_step_that_lacks_it()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);
        await client.StepAsync();
        await client.StepAsync();
        NativeClient.WithoutSignatures(client.Contents[3]!["parts"]!.AsArray());

        Assert.Contains("`default_api:read` , position 4.", (await client.SendAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vertex_says_it_in_its_own_words()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator)
        {
            Keep = NativeClient.WithoutSignatures,
            Prefix = "/v1/projects/p/locations/global/publishers/google",
        };
        await client.StepAsync();

        Assert.StartsWith(
            "Unable to submit request because function call `read` in the 2. content block is missing a `thought_signature`. Learn more: ",
            (await client.SendAsync()).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vertex_paths_say_it_like_AI_Studio_when_its_rules_are_off()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { VertexRules = false });
        using var client = new NativeClient(emulator)
        {
            Keep = NativeClient.WithoutSignatures,
            Prefix = "/v1/publishers/google",
        };
        await client.StepAsync();

        Assert.StartsWith("Function call is missing", (await client.SendAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gemini_2_5_tolerates_it()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, model: "gemini-2.5-flash") { Keep = NativeClient.WithoutSignatures };

        Assert.True((await client.TurnAsync()).Ok);
        Assert.Equal(4, emulator.GetStatistics().Accepted);
    }

    [Fact]
    public async Task Earlier_turns_need_none()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);
        await client.TurnAsync();
        foreach (var content in client.Contents)
            NativeClient.WithoutSignatures(content!["parts"]!.AsArray());
        client.Say("Go on");

        Assert.True((await client.TurnAsync()).Ok);
        Assert.Equal(0, emulator.GetStatistics().Refused);
    }

    [Fact]
    public async Task Parallel_siblings_need_none()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, "[steps: 3]");

        var first = await client.StepAsync();

        var parts = NativeClient.PartsOf(first);
        Assert.Equal(3, parts.Count);
        Assert.NotNull(parts[0]!["thoughtSignature"]);
        Assert.All(parts.Skip(1), part => Assert.Null(part!["thoughtSignature"]));
        Assert.True((await client.StepAsync()).Ok);
    }

    [Fact]
    public async Task A_client_that_strips_is_refused_on_the_OpenAI_route_in_an_array()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new ChatClient(emulator) { Keep = ChatClient.WithoutSignatures };
        await client.StepAsync();

        var refused = await client.StepAsync(Form.Sse);

        Assert.StartsWith("[", refused.Raw, StringComparison.Ordinal);
        Assert.Contains("`default_api:read` , position 2.", refused.Error, StringComparison.Ordinal);
        Assert.Equal("application/json", refused.MediaType);
    }
}
