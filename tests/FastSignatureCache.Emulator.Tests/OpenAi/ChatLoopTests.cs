using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.OpenAi;

public class ChatLoopTests
{
    public static TheoryData<Form, SignaturePlacement, bool, string> Ways => new MatrixTheoryData<Form, SignaturePlacement, bool, string>(
        [Form.Json, Form.Sse],
        Enum.GetValues<SignaturePlacement>(),
        [true, false],
        ["/v1beta/openai/chat/completions", "/v1/projects/p/locations/global/endpoints/openapi/chat/completions", "/any/prefix/chat/completions"]);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_client_that_returns_what_it_got_passes(Form form, SignaturePlacement placement, bool omitIndex, string path)
    {
        await using var emulator = await UpstreamEmulator.StartAsync(
            new EmulatorOptions { Placement = placement, OmitToolCallIndex = omitIndex }, TestContext.Current.CancellationToken);
        using var client = new ChatClient(emulator, "Go [steps: 1,2,1] [say: Let me look.]") { Path = path };

        Assert.True((await client.TurnAsync(form)).Ok);
        client.Messages.Add(ChatClient.Message("user", "And again"));
        var last = await client.TurnAsync(form);

        Assert.True(last.Ok, last.Raw);
        Assert.Equal(8, emulator.GetStatistics().Accepted);
        Assert.Equal(0, emulator.GetStatistics().Refused);
    }
}
