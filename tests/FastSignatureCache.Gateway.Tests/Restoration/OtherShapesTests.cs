using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Clients;
using FastSignatureCache.Gateway.Tests.Conversations;

namespace FastSignatureCache.Gateway.Tests.Restoration;

/// <summary>The chat completions form as Vertex AI and OpenRouter have it, and signatures of texts.</summary>
public sealed class OtherShapesTests
{
    public static MatrixTheoryData<string, AnswerForm, SignaturePlacement> Shapes => new(
        [ChatClient.Vertex, ChatClient.OpenRouter],
        [AnswerForm.Json, AnswerForm.ServerSentEvents],
        Enum.GetValues<SignaturePlacement>());

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_client_that_drops_everything_passes_with_the_product_and_not_without(
        string endpoint, AnswerForm form, SignaturePlacement placement)
    {
        Assert.Contains("missing", await RunAsync(Passage.Straight), StringComparison.Ordinal);
        Assert.Null(await RunAsync(Passage.Gateway));
        Assert.Null(await RunAsync(Passage.InProcess));

        async Task<string?> RunAsync(Passage passage)
        {
            await using Bench bench = await Bench.StartAsync(passage, new EmulatorOptions { Placement = placement });
            var client = new ChatClient(bench.CreateClient()) { Endpoint = endpoint, Form = form, KeepsCallIds = true };
            client.Say("Read it. [steps: 1,2,1]");
            await client.RunAsync();
            if (client.Refusal is null)
            {
                client.Say("Again. [steps: 1]");
                await client.RunAsync();
                // A request of the second turn has no calls to sign but those of its own, and the text that ended the first.
                Assert.Equal((6, 0), (bench.Emulator.GetStatistics().Accepted, bench.Emulator.GetStatistics().Refused));
                Assert.Equal(1 + 2 + 3 + 1 + 2, bench.Emulator.GetStatistics().SignaturesVerified);
            }

            return client.Refusal;
        }
    }

    [Theory]
    [InlineData(AnswerForm.Json)]
    [InlineData(AnswerForm.ServerSentEvents)]
    public async Task A_text_gets_its_signature_back_on_the_Gemini_APIs_route(AnswerForm form)
    {
        await using Bench bench = await Bench.StartAsync(Passage.Gateway);
        var client = new ChatClient(bench.CreateClient()) { Form = form };
        client.Say("Hello. [steps: ]");
        await client.RunAsync();
        client.Say("And now? [steps: ]");
        await client.RunAsync();

        EmulatorStatistics statistics = bench.Emulator.GetStatistics();
        Assert.Equal((2, 0, 1), (statistics.Accepted, statistics.Refused, statistics.SignaturesVerified));
    }
}
