using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.OpenAi;

public class OpenRouterTests
{
    private const string Path = "/api/v1/chat/completions";

    [Theory]
    [InlineData(Form.Json, SignaturePlacement.OnCall)]
    [InlineData(Form.Sse, SignaturePlacement.OnCall)]
    [InlineData(Form.Sse, SignaturePlacement.LaterEvent)]
    [InlineData(Form.Sse, SignaturePlacement.Split)]
    [InlineData(Form.Sse, SignaturePlacement.Repeated)]
    public async Task A_client_that_returns_its_reasoning_details_passes(Form form, SignaturePlacement placement)
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { Placement = placement });
        using var client = new ChatClient(emulator, "[steps: 1,2,1]", "google/gemini-3-pro-preview") { Path = Path };

        Assert.True((await client.TurnAsync(form)).Ok);
        client.Messages.Add(ChatClient.Message("user", "And again"));
        Assert.True((await client.TurnAsync(form)).Ok);

        var detail = client.Messages[2]!["reasoning_details"]![0]!;
        Assert.Equal("reasoning.encrypted", detail["type"]!.GetValue<string>());
        Assert.Equal("google-gemini-v1", detail["format"]!.GetValue<string>());
        Assert.Equal(client.Messages[2]!["tool_calls"]![0]!["id"]!.GetValue<string>(), detail["id"]!.GetValue<string>());
        Assert.Null(client.Messages[2]!["tool_calls"]![0]!["extra_content"]);
    }

    [Fact]
    public async Task Details_without_an_id_belong_to_the_first_call()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new ChatClient(emulator, "[steps: 2]")
        {
            Path = Path,
            Keep = message => message["reasoning_details"]![0]!.AsObject().Remove("id"),
        };

        await client.StepAsync();
        Assert.True((await client.SendAsync()).Ok);
    }

    [Fact]
    public async Task Details_of_a_call_that_lost_its_id_belong_to_the_first_call()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new ChatClient(emulator, "[steps: 2]")
        {
            Path = Path,
            Keep = message => message["tool_calls"]!.AsArray().ToList().ForEach(call => call!.AsObject().Remove("id")),
        };

        await client.StepAsync();
        Assert.True((await client.SendAsync()).Ok);
    }

    [Fact]
    public async Task An_error_is_wrapped_with_the_providers_own_inside()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new ChatClient(emulator) { Path = Path, Keep = ChatClient.WithoutSignatures };
        await client.StepAsync();

        var refused = await client.SendAsync();

        Assert.Equal("Provider returned error", refused.Error);
        var raw = JsonNode.Parse(refused.Raw)!["error"]!["metadata"]!["raw"]!.GetValue<string>();
        Assert.StartsWith("Function call is missing", JsonNode.Parse(raw)!["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
