using System.Globalization;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Clients;
using FastSignatureCache.Gateway.Tests.Conversations;

namespace FastSignatureCache.Gateway.Tests.Recovery;

/// <summary>An upstream that changes its keys and from then on refuses every signature that it has ever issued.</summary>
public sealed class NewKeysTests(ITestOutputHelper output)
{
    private const int Size = 100;

    private static readonly string[] GeminiModels = ["gemini-3-pro-preview", "gemini-3-flash-preview"];
    private static readonly string[] Endpoints =
        [ChatClient.Vertex, ChatClient.OpenRouter, "v1beta/openai/chat/completions", ChatClient.OpenRouter, ChatClient.Vertex];
    private static readonly string[] ClaudeModels = ["claude-sonnet-4-5", "claude-opus-4-8", "claude-fable-5-1"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_conversation_goes_on(Passage passage, ErrorWrapping wrapping)
    {
        await using Bench bench = await Bench.StartAsync(
            passage, new EmulatorOptions { RecordRequests = true, ErrorWrapping = wrapping });
        HttpClient http = bench.CreateClient();
        ConversationClient[] clients = [.. Enumerable.Range(0, Size).Select(number => Create(http, number))];

        Say(clients, "[steps: 1,2,1,1] [say: One moment.]");
        await StepAsync(bench, clients);
        await StepAsync(bench, clients);
        Assert.Equal(0, bench.Emulator.GetStatistics().Refused);
        bench.Emulator.ReplaceSigningKey(default);
        bench.Cache.ResetMetrics();

        int retries = 0;
        var rates = new List<double>();
        string[] talks = ["[steps: 2,1]", "[steps: 1,1,1]", "[steps: ]", "[steps: 1,2,1] [say: Well.]"];
        for (int turn = 0; turn <= talks.Length; turn++)
        {
            while (clients.Any(static client => !client.IsOver))
            {
                SignatureCacheMetrics before = bench.Cache.GetMetrics();
                retries += await StepAsync(bench, clients);
                SignatureCacheMetrics after = bench.Cache.GetMetrics();
                rates.Add(100.0 * (after.Corruptions - before.Corruptions) / Math.Max(1, after.Lookups - before.Lookups));
            }

            if (turn < talks.Length)
            {
                Say(clients, talks[turn]);
            }
        }

        Assert.All(clients, static client => Assert.True(client.Refusal is null, client.Refusal));
        // The first request after the change finds out; what was refused is remembered.
        Assert.InRange(retries, 1, Size);
        Assert.InRange(rates.FindLastIndex(static rate => rate >= 1), 0, 9);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Measured: new keys under {Size} conversations, {passage}, {wrapping}: {retries} requests sent twice, no error, "
            + $"corruptions in % of look-ups, by {Size} requests: {string.Join(", ", rates.Select(static rate => rate.ToString("0.0", CultureInfo.InvariantCulture)))}"));
    }

    public static MatrixTheoryData<Passage, ErrorWrapping> Ways => new(Passages.WithProduct, Enum.GetValues<ErrorWrapping>());

    /// <summary>Three protocols, in streams and not, on several models, of clients that drop signatures and that keep them.</summary>
    private static ConversationClient Create(HttpClient http, int number)
    {
        bool keeps = number / 3 % 3 == 0;
        AnswerForm form = keeps || number / 9 % 2 == 0 ? AnswerForm.Json : AnswerForm.ServerSentEvents;
        string mark = $"conversation {number}";
        string model = GeminiModels[number / 6 % GeminiModels.Length];
        return (number % 3) switch
        {
            0 => new NativeClient(http) { Model = model, Mark = mark, Form = form, KeepsSignatures = keeps },
            1 => new ChatClient(http)
            {
                Model = model,
                Mark = mark,
                Form = form,
                KeepsSignatures = keeps,
                Endpoint = Endpoints[number / 3 % Endpoints.Length],
            },
            _ => new ClaudeClient(http)
            {
                Model = ClaudeModels[number / 12 % ClaudeModels.Length],
                Mark = mark,
                Form = form,
                KeepsSignatures = keeps,
                KeepsCallIds = true,
            },
        };
    }

    private static void Say(ConversationClient[] clients, string directives)
    {
        for (int number = 0; number < clients.Length; number++)
        {
            clients[number].Say($"Conversation {number}. {directives}");
        }
    }

    /// <summary>One request of each conversation whose turn goes on.</summary>
    /// <returns>How many had to be sent twice.</returns>
    private static async Task<int> StepAsync(Bench bench, ConversationClient[] clients)
    {
        int begun = bench.Emulator.GetRecordedRequests().Count;
        ConversationClient[] open = [.. clients.Where(static client => !client.IsOver)];
        await Task.WhenAll(open.Select(static client => client.StepAsync()));
        var requests = bench.Emulator.GetRecordedRequests().Skip(begun)
            .GroupBy(static request => request.Headers[EmulatorHeaders.Conversation])
            .Select(static of => of.Count())
            .ToList();
        Assert.Equal(open.Length, requests.Count);
        Assert.All(requests, static count => Assert.InRange(count, 1, 2));
        return requests.Count(static count => count == 2);
    }
}
