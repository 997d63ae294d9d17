using FastSignatureCache.Gateway.Tests.Clients;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>Two conversations of one caller that are equal to the last word, beside a third that goes on for long.</summary>
public sealed class TwinTests
{
    /// <summary>More than the cache has room for under one name of a call.</summary>
    private const int Turns = 40;

    private const string OneCall = "Read the file. [steps: 1]";

    public static MatrixTheoryData<Protocol, Passage> Ways => new(Enum.GetValues<Protocol>(), Passages.WithProduct);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_twin_gets_no_signature_of_the_other_however_much_was_kept_since(Protocol protocol, Passage passage)
    {
        await using Bench bench = await Bench.StartAsync(passage, recovers: false);
        HttpClient http = bench.CreateClient();
        ConversationClient busy = Create(http, protocol, "busy");
        await TakeTurnAsync(busy);
        ConversationClient twin = await BeginAsync(http, protocol, "twin");
        await BeginAsync(http, protocol, "other twin");

        for (int turn = 0; turn < Turns; turn++)
        {
            await TakeTurnAsync(busy);
            using HttpRequestMessage next = twin.CreateRequest();
            using HttpResponseMessage answer = await http.SendAsync(next, TestContext.Current.CancellationToken);
        }

        Assert.Equal((Turns, 0), (bench.Emulator.GetStatistics().RefusedMissing, bench.Emulator.GetStatistics().RefusedCorrupted));
    }

    private static async Task<ConversationClient> BeginAsync(HttpClient http, Protocol protocol, string mark)
    {
        ConversationClient client = Create(http, protocol, mark);
        client.Say(OneCall);
        await client.StepAsync();
        return client;
    }

    private static async Task TakeTurnAsync(ConversationClient client)
    {
        client.Say(OneCall);
        await client.RunAsync();
        Assert.NotNull(client.Answer);
    }

    private static ConversationClient Create(HttpClient http, Protocol protocol, string mark) => protocol == Protocol.Native
        ? new NativeClient(http) { Mark = mark }
        : new ChatClient(http) { Mark = mark };
}
