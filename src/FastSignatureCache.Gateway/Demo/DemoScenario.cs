using FastSignatureCache.Gateway.Demo.Clients;

namespace FastSignatureCache.Gateway.Demo;

/// <summary>One line of the demo: a kind of client and what it talks about.</summary>
/// <param name="Client">What kind of client it is.</param>
/// <param name="Talk">What happens in each conversation.</param>
/// <param name="Conversations">How many there are at once.</param>
/// <param name="Prompt">What the user says, with the emulator's directives.</param>
/// <param name="CreateClient">Makes the client of one conversation.</param>
internal sealed record DemoScenario(
    string Client, string Talk, int Conversations, string Prompt, Func<HttpClient, ForgetfulClient> CreateClient)
{
    private const string Model = "gemini-3-pro-preview";
    private const string Claude = "claude-sonnet-4-5";
    private const string ThreeSteps = "[steps: 1,1,1]";
    private const string ParallelCalls = "[steps: 2,1,3]";

    public static IReadOnlyList<DemoScenario> All { get; } =
    [
        new("Gemini API, JSON", "3 steps", 1, ThreeSteps, http => new GeminiClient(http, Model, AnswerForm.Json)),
        new("Gemini API, event stream", "3 steps", 1, ThreeSteps, http => new GeminiClient(http, Model, AnswerForm.Events)),
        new("Gemini API, JSON array", "3 steps", 1, ThreeSteps, http => new GeminiClient(http, Model, AnswerForm.JsonArray)),
        new("Gemini API, event stream", "parallel calls", 1, ParallelCalls, http => new GeminiClient(http, Model, AnswerForm.Events)),
        new("OpenAI-compatible, JSON", "3 steps", 1, ThreeSteps, http => new ChatClient(http, Model, AnswerForm.Json)),
        new("OpenAI-compatible, stream", "3 steps", 1, ThreeSteps, http => new ChatClient(http, Model, AnswerForm.Events)),
        new("OpenAI-compatible, stream", "parallel calls", 1, ParallelCalls, http => new ChatClient(http, Model, AnswerForm.Events)),
        new("Anthropic API, JSON", "3 steps", 1, ThreeSteps, http => new MessagesClient(http, Claude, AnswerForm.Json)),
        new("Anthropic API, stream", "parallel calls", 1, ParallelCalls, http => new MessagesClient(http, Claude, AnswerForm.Events)),
        new("Gemini API, JSON, no ids", "20 at once", 20, ThreeSteps,
            http => new GeminiClient(http, Model, AnswerForm.Json) { DropsIds = true }),
        new("OpenAI-compatible, stream", "20 at once", 20, ParallelCalls,
            http => new ChatClient(http, Model, AnswerForm.Events)),
    ];

    /// <summary>Plays all conversations of the scenario at once.</summary>
    public async Task<IReadOnlyList<PlayResult>> PlayAsync(HttpClient http, CancellationToken cancellationToken) =>
        await Task.WhenAll(Enumerable.Range(1, Conversations).Select(number => CreateClient(http)
            .SayAsync($"Please find out about topic {number}, as {Client} would. {Prompt}", cancellationToken))).ConfigureAwait(false);
}
