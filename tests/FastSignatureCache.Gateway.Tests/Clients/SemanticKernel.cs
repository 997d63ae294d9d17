using System.Text;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>Tool loops that Semantic Kernel runs with its OpenAI connector.</summary>
internal static class SemanticKernel
{
    private static readonly OpenAIPromptExecutionSettings Settings = new()
    {
        FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(),
    };

    public static async Task<string> WholeAsync(HttpClient http, Uri endpoint, string prompt)
    {
        ChatMessageContent answer = await CreateService(http, endpoint).GetChatMessageContentAsync(
            new ChatHistory(prompt, AuthorRole.User), Settings, CreateKernel(), TestContext.Current.CancellationToken);
        return answer.Content!;
    }

    public static async Task<string> StreamedAsync(HttpClient http, Uri endpoint, string prompt)
    {
        var text = new StringBuilder();
        var pieces = CreateService(http, endpoint).GetStreamingChatMessageContentsAsync(
            new ChatHistory(prompt, AuthorRole.User), Settings, CreateKernel(), TestContext.Current.CancellationToken);
        await foreach (StreamingChatMessageContent piece in pieces)
        {
            text.Append(piece.Content);
        }

        return text.ToString();
    }

    private static OpenAIChatCompletionService CreateService(HttpClient http, Uri endpoint) =>
#pragma warning disable SKEXP0010 // An endpoint of one's own is still called experimental.
        new(Bench.Model, endpoint, "key", httpClient: http);
#pragma warning restore SKEXP0010

    private static Kernel CreateKernel()
    {
        var kernel = new Kernel();
        kernel.Plugins.AddFromFunctions("City", [
            KernelFunctionFactory.CreateFromMethod(Tools.Weather), KernelFunctionFactory.CreateFromMethod(Tools.LocalTime)]);
        return kernel;
    }
}
