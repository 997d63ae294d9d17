using Anthropic.Exceptions;
using FastSignatureCache.Emulator;

namespace FastSignatureCache.Gateway.Tests.Clients.Claude;

/// <summary>The official Anthropic package with Claude's thinking on.</summary>
public sealed class ClaudeClientTests
{
    private static readonly EmulatorOptions Recording = new() { RecordRequests = true };

    public static MatrixTheoryData<string, string> Droppers => new(RealClients.ThatDropThinking.Keys, ClaudeConversation.All.Keys);

    public static MatrixTheoryData<string, string, string> DroppersIndulged =>
        new(RealClients.ThatDropThinking.Keys, ClaudeConversation.All.Keys, [ClaudeModels.Verifying, ClaudeModels.Binding]);

    public static MatrixTheoryData<string, string, string, Passage> DroppersHelped =>
        new(RealClients.ThatDropThinking.Keys, ClaudeConversation.All.Keys, ClaudeModels.All, Passages.WithProduct);

    public static MatrixTheoryData<string, string, string, Passage> Keepers =>
        new(RealClients.ThatKeepThinking.Keys, ClaudeConversation.All.Keys, ClaudeModels.All, Passages.All);

    public static MatrixTheoryData<string, string, string, Passage> Runners =>
        new(RealClients.ThatKeepATurnsThinking.Keys, ClaudeConversation.OfOneTurn.Keys, ClaudeModels.All, Passages.All);

    public static MatrixTheoryData<string, string, Passage> ForgetfulRunners =>
        new(RealClients.ThatKeepATurnsThinking.Keys, ClaudeModels.All, Passages.All);

    public static MatrixTheoryData<string, string, Passage> Streamers => new(ClaudeModels.All, ["\n", "\r\n"], Passages.WithProduct);

    [Theory]
    [MemberData(nameof(Droppers))]
    public async Task Without_the_product_a_client_that_drops_thinking_is_refused(string client, string conversation)
    {
        await using Bench bench = await Bench.StartAsync(Passage.Straight);
        ClaudeConversation said = ClaudeConversation.All[conversation];

        AnthropicBadRequestException refusal = await Assert.ThrowsAsync<AnthropicBadRequestException>(
            () => RealClients.ThatDropThinking[client](bench.CreateClient(), bench.BaseAddress, ClaudeModels.Requiring, said.Prompts));

        Assert.Contains("Expected `thinking` or `redacted_thinking`, but found `t", refusal.ApiMessage, StringComparison.Ordinal);
        EmulatorStatistics statistics = bench.Emulator.GetStatistics();
        Assert.Equal((said.FirstThinking, 1), (statistics.Accepted, statistics.RefusedMissing));
    }

    [Theory]
    [MemberData(nameof(DroppersIndulged))]
    public async Task Where_the_model_wants_no_thinking_back_the_client_passes_and_the_model_has_forgotten_it(
        string client, string conversation, string model)
    {
        await using Bench bench = await Bench.StartAsync(Passage.Straight);

        await AssertPassesAsync(RealClients.ThatDropThinking[client], bench, model, ClaudeConversation.All[conversation]);

        Assert.Equal(0, bench.Emulator.GetStatistics().SignaturesVerified);
    }

    [Theory]
    [MemberData(nameof(DroppersHelped))]
    public async Task With_the_product_a_client_that_drops_thinking_passes_and_every_block_comes_back_as_it_was_issued(
        string client, string conversation, string model, Passage passage)
    {
        await using Bench bench = await Bench.StartAsync(passage, Recording);

        Exchanges exchanges = await AssertPassesAsync(
            RealClients.ThatDropThinking[client], bench, model, ClaudeConversation.All[conversation]);

        Assert.DoesNotContain(exchanges.Sent.SelectMany(sent => AnswerBlock.OfRequest(sent)).SelectMany(step => step), block => block.IsThinking);
        AssertAllCameBack(exchanges, bench.Emulator);
    }

    [Theory]
    [MemberData(nameof(Keepers))]
    public async Task A_client_that_keeps_thinking_passes_with_and_without_the_product_which_leaves_its_requests_alone(
        string client, string conversation, string model, Passage passage)
    {
        await using Bench bench = await Bench.StartAsync(passage, Recording);

        Exchanges exchanges = await AssertPassesAsync(
            RealClients.ThatKeepThinking[client], bench, model, ClaudeConversation.All[conversation]);

        AssertUntouched(exchanges, bench.Emulator);
    }

    [Theory]
    [MemberData(nameof(Runners))]
    public async Task The_packages_own_tool_runner_keeps_a_turns_thinking(string client, string conversation, string model, Passage passage)
    {
        await using Bench bench = await Bench.StartAsync(passage, Recording);

        Exchanges exchanges = await AssertPassesAsync(
            RealClients.ThatKeepATurnsThinking[client], bench, model, ClaudeConversation.OfOneTurn[conversation]);

        AssertUntouched(exchanges, bench.Emulator);
    }

    [Theory]
    [MemberData(nameof(ForgetfulRunners))]
    public async Task Where_only_a_turns_last_words_come_back_its_thinking_stays_away(string client, string model, Passage passage)
    {
        await using Bench bench = await Bench.StartAsync(passage, Recording);

        Exchanges exchanges = await AssertPassesAsync(
            RealClients.ThatKeepATurnsThinking[client], bench, model, ClaudeConversation.All["1,1; 2; 1,2,1"]);

        AssertUntouched(exchanges, bench.Emulator);
    }

    [Theory]
    [MemberData(nameof(Streamers))]
    public async Task However_a_stream_is_cut_up_the_client_passes(string model, string lineEnding, Passage passage)
    {
        var options = new EmulatorOptions { EventLength = 1, NetworkChunkSize = 7, LineEnding = lineEnding };
        await using Bench bench = await Bench.StartAsync(passage, options);
        ClaudeConversation said = ClaudeConversation.All["1,2,1"];

        // Nobody else reads the stream: it reaches the client as it comes.
        IReadOnlyList<string> answers = await AnthropicSdk.StreamedAsync(bench.CreateClient(), bench.BaseAddress, model, said.Prompts);

        Assert.StartsWith("All done", Assert.Single(answers), StringComparison.Ordinal);
        EmulatorStatistics statistics = bench.Emulator.GetStatistics();
        // Two blocks come back with each of the last three requests, and two more with each of the last two.
        Assert.Equal((said.Answers, 0, 10), (statistics.Accepted, statistics.Refused, statistics.SignaturesVerified));
    }

    private static async Task<Exchanges> AssertPassesAsync(ClaudeTalk talk, Bench bench, string model, ClaudeConversation conversation)
    {
        var exchanges = new Exchanges();

        IReadOnlyList<string> answers = await talk(bench.CreateClient(exchanges), bench.BaseAddress, model, conversation.Prompts);

        Assert.Equal(conversation.Prompts.Count, answers.Count);
        Assert.All(answers, answer => Assert.StartsWith("All done", answer, StringComparison.Ordinal));
        EmulatorStatistics statistics = bench.Emulator.GetStatistics();
        // As many as the client sent: nothing was refused and sent again.
        Assert.Equal(
            (conversation.Answers, conversation.Answers, 0), (exchanges.Sent.Count, statistics.Requests, statistics.Refused));
        return exchanges;
    }

    /// <summary>Every request had all blocks of all answers before it, in the answers' order.</summary>
    private static void AssertAllCameBack(Exchanges exchanges, UpstreamEmulator emulator)
    {
        foreach ((int number, RecordedRequest request) in emulator.GetRecordedRequests().Index())
        {
            var steps = AnswerBlock.OfRequest(request.Body);
            Assert.Equal(number, steps.Count);
            Assert.All(steps, (step, i) => Assert.Equal(exchanges.Answers[i], step.Select(block => block with
            {
                // A stream has no bytes to compare with.
                Bytes = exchanges.AreStreamed ? "" : block.Bytes,
            })));
        }
    }

    private static void AssertUntouched(Exchanges exchanges, UpstreamEmulator emulator) =>
        Assert.Equal(exchanges.Sent, emulator.GetRecordedRequests().Select(request => request.Body.ToArray()));
}
