using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Gemini;

public class NativeLoopTests
{
    public static TheoryData<Form, SignaturePlacement, CallIdStyle> Ways => new MatrixTheoryData<Form, SignaturePlacement, CallIdStyle>(
        Enum.GetValues<Form>(), Enum.GetValues<SignaturePlacement>(), Enum.GetValues<CallIdStyle>());

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_client_that_returns_what_it_got_passes_two_turns(Form form, SignaturePlacement placement, CallIdStyle ids)
    {
        await using var emulator = await UpstreamEmulator.StartAsync(
            new EmulatorOptions { Placement = placement, CallIds = ids, NetworkChunkSize = 100 }, TestContext.Current.CancellationToken);
        using var client = new NativeClient(emulator, "Go [steps: 1,2,1] [say: Let me look at that file first.]");

        Assert.True((await client.TurnAsync(form)).Ok);
        client.Say("And again");
        var last = await client.TurnAsync(form);

        Assert.True(last.Ok, last.Raw);
        var counts = emulator.GetStatistics();
        Assert.Equal(8, counts.Accepted);
        Assert.Equal(8, counts.SignaturesIssued);
        Assert.Equal(0, counts.Refused);
    }

    [Theory]
    [InlineData(Form.Json)]
    [InlineData(Form.JsonArray)]
    [InlineData(Form.Sse)]
    public async Task Gemini_2_5_signs_the_first_part_and_takes_it_back(Form form)
    {
        await using var emulator = await UpstreamEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new NativeClient(emulator, "Go [say: A text comes first here.]", "gemini-2.5-pro");

        var first = await client.StepAsync(form);
        var parts = NativeClient.PartsOf(first);
        Assert.NotNull(parts[0]!["thoughtSignature"]);
        Assert.NotNull(parts[0]!["text"]);
        Assert.Single(parts, part => part!["thoughtSignature"] is not null);

        Assert.True((await client.TurnAsync(form)).Ok);
        Assert.Equal(1 + 2 + 3, emulator.GetStatistics().SignaturesVerified);
    }
}
