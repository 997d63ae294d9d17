using System.ClientModel;
using FastSignatureCache.Emulator;

namespace FastSignatureCache.Gateway.Tests.Clients;

public sealed class RealClientTests
{
    /// <summary>By how many calls the model makes in each step of its turn: how many answers it takes to the end.</summary>
    private static readonly Dictionary<string, int> AnswersByCalls = new() { ["1,1,1"] = 4, ["2"] = 2, ["1,2,1"] = 4 };

    public static MatrixTheoryData<string, string> Droppers => new(RealClients.ThatDropSignatures.Keys, AnswersByCalls.Keys);

    public static MatrixTheoryData<string, string, Passage> DroppersHelped =>
        new(RealClients.ThatDropSignatures.Keys, AnswersByCalls.Keys, Passages.WithProduct);

    public static MatrixTheoryData<string, string, Passage> Keepers =>
        new(RealClients.ThatKeepSignatures.Keys, AnswersByCalls.Keys, Passages.All);

    public static MatrixTheoryData<string, SignaturePlacement, Passage> Streamers => new(
        RealClients.ThatStream.Keys,
        [SignaturePlacement.LaterEvent, SignaturePlacement.Split, SignaturePlacement.Repeated],
        Passages.WithProduct);

    [Theory]
    [MemberData(nameof(Droppers))]
    public async Task Without_the_product_a_client_that_drops_signatures_is_refused(string client, string calls)
    {
        await using Bench bench = await Bench.StartAsync(Passage.Straight);

        ClientResultException refusal = await RefusalOfAsync(RealClients.ThatDropSignatures[client], bench, calls);

        Assert.Equal(400, refusal.Status);
        Assert.Contains("missing a thought_signature", refusal.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
        EmulatorStatistics statistics = bench.Emulator.GetStatistics();
        Assert.Equal((1, 1), (statistics.Accepted, statistics.RefusedMissing));
    }

    [Theory]
    [MemberData(nameof(DroppersHelped))]
    public async Task With_the_product_a_client_that_drops_signatures_passes(string client, string calls, Passage passage)
    {
        await using Bench bench = await Bench.StartAsync(passage);

        await AssertPassesAsync(RealClients.ThatDropSignatures[client], bench, calls);
    }

    [Theory]
    [MemberData(nameof(Keepers))]
    public async Task A_client_that_keeps_signatures_passes_with_and_without_the_product(string client, string calls, Passage passage)
    {
        await using Bench bench = await Bench.StartAsync(passage);

        await AssertPassesAsync(RealClients.ThatKeepSignatures[client], bench, calls);
    }

    [Theory]
    [MemberData(nameof(Streamers))]
    public async Task Wherever_a_stream_has_its_signature_the_client_passes(string client, SignaturePlacement placement, Passage passage)
    {
        await using Bench bench = await Bench.StartAsync(passage, new EmulatorOptions { Placement = placement, LineEnding = "\n" });

        await AssertPassesAsync(RealClients.ThatStream[client], bench, "1,2,1");
    }

    private static async Task AssertPassesAsync(ToolLoop loop, Bench bench, string calls)
    {
        string answer = await loop(bench.CreateClient(), bench.ChatEndpoint, Prompt(calls));

        Assert.StartsWith("All done", answer, StringComparison.Ordinal);
        EmulatorStatistics statistics = bench.Emulator.GetStatistics();
        Assert.Equal((AnswersByCalls[calls], 0), (statistics.Accepted, statistics.Refused));
    }

    /// <summary>What a loop fails with; libraries wrap it in exceptions of their own.</summary>
    private static async Task<ClientResultException> RefusalOfAsync(ToolLoop loop, Bench bench, string calls)
    {
        Exception? failure = await Assert.ThrowsAnyAsync<Exception>(
            () => loop(bench.CreateClient(), bench.ChatEndpoint, Prompt(calls)));
        while (failure is not (null or ClientResultException))
        {
            failure = failure.InnerException;
        }

        return Assert.IsType<ClientResultException>(failure);
    }

    private static string Prompt(string calls) => $"What is it like there? [steps: {calls}]";
}
