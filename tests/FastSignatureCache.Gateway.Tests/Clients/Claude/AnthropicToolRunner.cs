using System.Text.Json;
using Anthropic;
using Anthropic.Helpers.Beta;
using Anthropic.Models.Beta.Messages;

namespace FastSignatureCache.Gateway.Tests.Clients.Claude;

/// <summary>
/// Tool loops that the official Anthropic package runs by itself, with the whole turn in each request. It hands out the model's last
/// message and keeps the steps to it to itself, so of an earlier turn there are but the words.
/// </summary>
internal static class AnthropicToolRunner
{
    private static readonly JsonElement Schema = JsonElement.Parse(Clients.Tools.Schema);

    public static Task<IReadOnlyList<string>> WholeAsync(HttpClient http, Uri address, string model, IReadOnlyList<string> prompts) =>
        TalkAsync(http, address, model, prompts, static async runner =>
            await runner.RunUntilDoneAsync(TestContext.Current.CancellationToken));

    public static Task<IReadOnlyList<string>> StreamedAsync(HttpClient http, Uri address, string model, IReadOnlyList<string> prompts) =>
        TalkAsync(http, address, model, prompts, static async runner =>
        {
            BetaMessage? last = null;
            await foreach (var events in runner.Streaming(TestContext.Current.CancellationToken))
            {
                last = await events.Aggregate();
            }

            return last!;
        });

    private static async Task<IReadOnlyList<string>> TalkAsync(
        HttpClient http, Uri address, string model, IReadOnlyList<string> prompts, Func<BetaToolRunner, Task<BetaMessage>> run)
    {
        using AnthropicClient client = AnthropicSdk.CreateClient(http, address);
        List<BetaMessageParam> history = [];
        List<string> said = [];
        foreach (string prompt in prompts)
        {
            BetaToolRunner runner = client.Beta.Messages.ToolRunner(
                new MessageCreateParams
                {
                    Model = model,
                    MaxTokens = 4096,
                    System = AnthropicSdk.Instructions,
                    Thinking = ClaudeModels.IsAdaptive(model) ? new BetaThinkingConfigAdaptive() : new BetaThinkingConfigEnabled(1024),
                    Messages = [.. history, new BetaUserMessageParam(prompt)],
                },
                [.. Clients.Tools.Names.Select(CreateTool)],
                thread: false);
            BetaMessage last = await run(runner);
            said.Add(string.Concat(last.Content.Select(block => block.Value).OfType<BetaTextBlock>().Select(text => text.Text)));
            history.AddRange([new BetaUserMessageParam(prompt), new BetaAssistantMessageParam(said[^1])]);
        }

        return said;
    }

    private static BetaRunnableTool CreateTool(string name) => new()
    {
        Name = name,
        Definition = new BetaTool
        {
            Name = name,
            InputSchema = new InputSchema
            {
                Properties = Schema.GetProperty("properties").Deserialize<Dictionary<string, JsonElement>>()!,
                Required = ["city"],
            },
        },
        Run = static (_, _) => Task.FromResult<BetaToolResultBlockParamContent>("Rain"),
    };
}
