using System.Text.Json.Nodes;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Clients;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>Two callers that name the same conversation, say the same words and get the same call ids.</summary>
public sealed class CallerTests
{
    private const string Opening = "Read the file.";

    /// <summary>Ids made of the tool's name: the same for everybody.</summary>
    private static readonly EmulatorOptions Options = new() { CallIds = CallIdStyle.ByName, RecordRequests = true };

    public static MatrixTheoryData<Protocol, AnswerForm, Passage> Ways => new(
        Enum.GetValues<Protocol>(), [AnswerForm.Json, AnswerForm.ServerSentEvents], Passages.WithProduct);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_caller_that_guesses_anothers_conversation_gets_nothing_of_it(Protocol protocol, AnswerForm form, Passage passage)
    {
        await using Bench bench = await Bench.StartAsync(passage, Options, recovers: false);
        ConversationClient alice = Create(bench, protocol, form, "alice");
        alice.Say(Opening);
        await alice.StepAsync();
        ConversationClient mallory = Create(bench, protocol, form, "mallory");
        mallory.CopyHistory(alice);
        byte[] sent = await mallory.CreateRequest().Content!.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        await mallory.StepAsync();

        Assert.Contains("missing a thought_signature", mallory.Refusal, StringComparison.Ordinal);
        Assert.Equal(sent, bench.Emulator.GetRecordedRequests()[^1].Body.ToArray());
        await alice.RunAsync();
        Assert.NotNull(alice.Answer);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Callers_in_one_conversation_keep_to_their_own_signatures(Protocol protocol, AnswerForm form, Passage passage)
    {
        await using Bench bench = await Bench.StartAsync(passage, Options, recovers: false);
        ConversationClient[] callers = [Create(bench, protocol, form, "alice"), Create(bench, protocol, form, "bob")];
        Dictionary<string, HashSet<string>> issued = callers.ToDictionary(caller => caller.Key, _ => new HashSet<string>());

        for (var turn = 0; turn < 2; turn++)
        {
            Array.ForEach(callers, caller => caller.Say(Opening));
            while (callers.Any(caller => !caller.IsOver))
            {
                await Task.WhenAll(callers.Select(caller => caller.StepAsync()));
                Array.ForEach(callers, caller => issued[caller.Key].UnionWith(caller.LastAnswer.SelectMany(SignaturesIn)));
            }
        }

        Assert.All(callers, caller => Assert.NotNull(caller.Answer));
        Assert.Equal(0, bench.Emulator.GetStatistics().Refused);
        foreach (ConversationClient caller in callers)
        {
            HashSet<string> sent = [.. bench.Emulator.GetRecordedRequests().Where(request => IsFrom(caller, request)).SelectMany(SignaturesIn)];
            Assert.NotEmpty(sent);
            Assert.Subset(issued[caller.Key], sent);
        }

        Assert.False(issued["alice"].Overlaps(issued["bob"]));
    }

    private static ConversationClient Create(Bench bench, Protocol protocol, AnswerForm form, string key)
    {
        ConversationClient client = protocol == Protocol.Native
            ? new NativeClient(bench.CreateClient()) { Key = key, Mark = key, Form = form, KeepsCallIds = true }
            : new ChatClient(bench.CreateClient()) { Key = key, Mark = key, Form = form, KeepsCallIds = true };
        client.Headers.Add("X-Conversation-Id", "the same for both");
        return client;
    }

    private static bool IsFrom(ConversationClient caller, RecordedRequest request) =>
        request.Headers[EmulatorHeaders.Conversation] == caller.Key;

    private static IEnumerable<string> SignaturesIn(RecordedRequest request) => SignaturesIn(JsonNode.Parse(request.Body.Span));

    private static IEnumerable<string> SignaturesIn(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member.Key is "thoughtSignature" or "thought_signature" ? [(string)member.Value!] : SignaturesIn(member.Value)),
        JsonArray items => items.SelectMany(SignaturesIn),
        _ => [],
    };
}
