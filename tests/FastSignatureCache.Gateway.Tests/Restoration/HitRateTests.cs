using System.Collections.Concurrent;
using System.Globalization;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Demo.Clients;
using FastSignatureCache.Gateway.Tests.Support;

namespace FastSignatureCache.Gateway.Tests.Restoration;

public class HitRateTests(ITestOutputHelper output)
{
    private const int Conversations = 210;
    private const int AtOnce = 16;

    private static readonly string[] Models = ["gemini-3-pro-preview", "gemini-3-flash-preview", "gemini-2.5-pro"];
    private static readonly string[][] Talks = [["[steps: 1,1,1]", "[steps: 2,1]"], ["[steps: 1,3]", "[steps: 1] [say: One moment.]", "[steps: 2]"]];

    [Fact]
    public async Task Mixed_conversations_hit_above_80_percent_with_less_than_1_percent_corrupted()
    {
        await using var emulator = await UpstreamEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var gateway = await RunningGateway.StartAsync(emulator.BaseAddress);

        var failures = new ConcurrentQueue<string>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForAsync(0, Conversations, parallel, async (number, cancellation) =>
        {
            var client = CreateClient(gateway.Client, number);
            foreach (var request in Talks[number / 30 % Talks.Length])
            {
                var result = await client.SayAsync($"Conversation {number}, please. {request}", cancellation);
                if (!result.Passes)
                {
                    failures.Enqueue($"Conversation {number} failed at request {result.Steps} of its turn: {result.Error}");
                    break;
                }
            }
        });

        var statistics = emulator.GetStatistics();
        var metrics = gateway.Cache.GetMetrics();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Measured: {statistics.Requests:N0} requests of {Conversations} conversations: ")
            + string.Create(CultureInfo.InvariantCulture, $"hit rate {metrics.HitRate:0.00} % of {metrics.Lookups:N0} look-ups, ")
            + string.Create(CultureInfo.InvariantCulture, $"corruption rate {metrics.CorruptionRate:0.00} %, refused {statistics.Refused}"));
        Assert.True(failures.IsEmpty, string.Join("\n", failures));
        Assert.True(statistics.Requests >= 1_000, $"Only {statistics.Requests} requests were made.");
        Assert.Equal(0, statistics.Refused);
        Assert.True(metrics.Lookups > 1_000, $"Only {metrics.Lookups} look-ups were made.");
        Assert.True(metrics.HitRate > 80, $"The hit rate is {metrics.HitRate} %.");
        Assert.True(metrics.CorruptionRate < 1, $"The corruption rate is {metrics.CorruptionRate} %.");
    }

    /// <summary>All combinations of client, form, ids and model, in turn; and seven callers.</summary>
    private static ForgetfulClient CreateClient(HttpClient http, int number)
    {
        var model = Models[number / 10 % Models.Length];
        var key = $"caller-{number % 7}";
        return (number % 10) switch
        {
            0 or 1 => new GeminiClient(http, model, AnswerForm.Json) { Key = key, DropsIds = number % 10 == 0 },
            2 or 3 => new GeminiClient(http, model, AnswerForm.Events) { Key = key, DropsIds = number % 10 == 2 },
            4 or 5 => new GeminiClient(http, model, AnswerForm.JsonArray) { Key = key, DropsIds = number % 10 == 4 },
            6 or 7 => new ChatClient(http, model, AnswerForm.Json) { Key = key },
            _ => new ChatClient(http, model, AnswerForm.Events) { Key = key },
        };
    }
}
