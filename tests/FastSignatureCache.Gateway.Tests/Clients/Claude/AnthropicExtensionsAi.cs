using Anthropic;
using Microsoft.Extensions.AI;

namespace FastSignatureCache.Gateway.Tests.Clients.Claude;

/// <summary>Tool loops that Microsoft.Extensions.AI runs over the official Anthropic package.</summary>
internal static class AnthropicExtensionsAi
{
    private static readonly ChatOptions Options = new()
    {
        Instructions = AnthropicSdk.Instructions,
        Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Medium },
        Tools = [AIFunctionFactory.Create(Clients.Tools.Weather), AIFunctionFactory.Create(Clients.Tools.LocalTime)],
    };

    public static Task<IReadOnlyList<string>> WholeAsync(HttpClient http, Uri address, string model, IReadOnlyList<string> prompts) =>
        TalkAsync(http, address, model, prompts, static (client, history) =>
            client.GetResponseAsync(history, Options, TestContext.Current.CancellationToken));

    public static Task<IReadOnlyList<string>> StreamedAsync(HttpClient http, Uri address, string model, IReadOnlyList<string> prompts) =>
        TalkAsync(http, address, model, prompts, static (client, history) =>
            client.GetStreamingResponseAsync(history, Options, TestContext.Current.CancellationToken)
                .ToChatResponseAsync(TestContext.Current.CancellationToken));

    private static async Task<IReadOnlyList<string>> TalkAsync(
        HttpClient http,
        Uri address,
        string model,
        IReadOnlyList<string> prompts,
        Func<IChatClient, List<ChatMessage>, Task<ChatResponse>> ask)
    {
        using AnthropicClient anthropic = AnthropicSdk.CreateClient(http, address);
        AnthropicThinkingMode thinking = ClaudeModels.IsAdaptive(model) ? AnthropicThinkingMode.Adaptive : AnthropicThinkingMode.Extended;
        using IChatClient client = anthropic.AsIChatClient(model, 4096, thinking).AsBuilder().UseFunctionInvocation().Build();
        List<ChatMessage> history = [];
        List<string> said = [];
        foreach (string prompt in prompts)
        {
            history.Add(new ChatMessage(ChatRole.User, prompt));
            ChatResponse answer = await ask(client, history);
            history.AddMessages(answer);
            said.Add(answer.Messages[^1].Text);
        }

        return said;
    }
}
