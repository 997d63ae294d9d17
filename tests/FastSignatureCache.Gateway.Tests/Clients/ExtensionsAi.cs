using Microsoft.Extensions.AI;

namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>Tool loops that Microsoft.Extensions.AI runs over the OpenAI package.</summary>
internal static class ExtensionsAi
{
    private static readonly ChatOptions Options = new()
    {
        Tools = [AIFunctionFactory.Create(Tools.Weather), AIFunctionFactory.Create(Tools.LocalTime)],
    };

    public static async Task<string> WholeAsync(HttpClient http, Uri endpoint, string prompt)
    {
        using IChatClient client = CreateClient(http, endpoint);
        ChatResponse answer = await client.GetResponseAsync(prompt, Options, TestContext.Current.CancellationToken);
        return answer.Text;
    }

    public static async Task<string> StreamedAsync(HttpClient http, Uri endpoint, string prompt)
    {
        using IChatClient client = CreateClient(http, endpoint);
        var updates = client.GetStreamingResponseAsync(prompt, Options, TestContext.Current.CancellationToken);
        ChatResponse answer = await updates.ToChatResponseAsync(TestContext.Current.CancellationToken);
        return answer.Text;
    }

    private static IChatClient CreateClient(HttpClient http, Uri endpoint) =>
        OpenAiSdk.CreateClient(http, endpoint).AsIChatClient().AsBuilder().UseFunctionInvocation().Build();
}
