using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Rules;

public class PlaceholderTests
{
    private const string Skip = "skip_thought_signature_validator";
    private const string ContextEngineering = "context_engineering_is_the_way_to_go";
    private const string Vertex = "/v1/projects/p/locations/global/publishers/google";

    [Theory]
    [InlineData(Skip, "/v1beta")]
    [InlineData(ContextEngineering, "/v1beta")]
    [InlineData("c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I=", "/v1beta")]
    [InlineData("Y29udGV4dF9lbmdpbmVlcmluZ19pc190aGVfd2F5X3RvX2dv", "/v1beta")]
    [InlineData(Skip, Vertex)]
    public async Task On_the_first_call_of_a_step_it_passes_and_the_next_answer_is_signed_again(string placeholder, string prefix)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator) { Prefix = prefix };
        await client.StepAsync();
        client.Part(1)["thoughtSignature"] = placeholder;

        var next = await client.StepAsync();

        Assert.True(next.Ok, next.Raw);
        Assert.NotNull(client.Part(3)["thoughtSignature"]);
        Assert.Equal(1, emulator.GetStatistics().PlaceholdersAccepted);
        Assert.Equal(0, emulator.GetStatistics().SignaturesVerified);
    }

    [Fact]
    public async Task Vertex_does_not_know_the_second_one()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator) { Prefix = Vertex };
        await client.StepAsync();
        client.Part(1)["thoughtSignature"] = ContextEngineering;

        Assert.Contains("not valid..", (await client.SendAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_parallel_sibling_it_is_refused()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, "[steps: 2]");
        await client.StepAsync();
        client.Part(1, 1)["thoughtSignature"] = Skip;

        Assert.Equal("Corrupted thought signature.", (await client.SendAsync()).Error);
    }

    [Fact]
    public async Task On_a_text_it_is_refused()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, "[steps: 0]");
        await client.StepAsync();
        client.Say("More");
        client.Part(1)["thoughtSignature"] = Skip;

        Assert.Equal("Corrupted thought signature.", (await client.SendAsync()).Error);
    }
}
