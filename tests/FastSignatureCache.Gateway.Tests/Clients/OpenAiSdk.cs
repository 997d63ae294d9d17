using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>Tool loops as they are written by hand over the official OpenAI package.</summary>
internal static class OpenAiSdk
{
    /// <summary>The message with the calls is made anew from what the code needs of them.</summary>
    public static Task<string> RebuiltAsync(HttpClient http, Uri endpoint, string prompt) =>
        LoopAsync(http, endpoint, prompt, async (client, history, options) =>
        {
            ChatCompletion answer = await client.CompleteChatAsync(history, options, TestContext.Current.CancellationToken);
            return Rebuild(answer);
        });

    /// <summary>The same over the package's blocking methods.</summary>
    public static Task<string> BlockingAsync(HttpClient http, Uri endpoint, string prompt) =>
        LoopAsync(http, endpoint, prompt, (client, history, options) =>
        {
            ChatCompletion answer = client.CompleteChat(history, options, TestContext.Current.CancellationToken);
            return Task.FromResult(Rebuild(answer));
        });

    /// <summary>The answer itself goes into the history.</summary>
    public static Task<string> KeptAsync(HttpClient http, Uri endpoint, string prompt) =>
        LoopAsync(http, endpoint, prompt, async (client, history, options) =>
            new AssistantChatMessage(await client.CompleteChatAsync(history, options, TestContext.Current.CancellationToken)));

    /// <summary>The stream's updates are put together to calls.</summary>
    public static Task<string> StreamedAsync(HttpClient http, Uri endpoint, string prompt) =>
        LoopAsync(http, endpoint, prompt, async (client, history, options) =>
        {
            var message = new StreamedMessage();
            await foreach (var update in client.CompleteChatStreamingAsync(history, options, TestContext.Current.CancellationToken))
            {
                message.Add(update);
            }

            return message.Build();
        });

    /// <summary>The same over the package's blocking methods.</summary>
    public static Task<string> StreamedBlockingAsync(HttpClient http, Uri endpoint, string prompt) =>
        LoopAsync(http, endpoint, prompt, (client, history, options) =>
        {
            var message = new StreamedMessage();
            foreach (var update in client.CompleteChatStreaming(history, options, TestContext.Current.CancellationToken))
            {
                message.Add(update);
            }

            return Task.FromResult(message.Build());
        });

    public static ChatClient CreateClient(HttpClient http, Uri endpoint) =>
        new(Bench.Model, new ApiKeyCredential("key"), new OpenAIClientOptions
        {
            Endpoint = endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        });

    private static async Task<string> LoopAsync(
        HttpClient http,
        Uri endpoint,
        string prompt,
        Func<ChatClient, List<ChatMessage>, ChatCompletionOptions, Task<AssistantChatMessage>> ask)
    {
        ChatClient client = CreateClient(http, endpoint);
        var options = new ChatCompletionOptions();
        foreach (string tool in Tools.Names)
        {
            options.Tools.Add(ChatTool.CreateFunctionTool(tool, null, BinaryData.FromString(Tools.Schema)));
        }

        List<ChatMessage> history = [new SystemChatMessage("Be brief."), new UserChatMessage(prompt)];
        while (true)
        {
            AssistantChatMessage answer = await ask(client, history, options);
            if (answer.ToolCalls.Count == 0)
            {
                return string.Concat(answer.Content.Select(part => part.Text));
            }

            history.Add(answer);
            history.AddRange(answer.ToolCalls.Select(call => new ToolChatMessage(call.Id, "Rain")));
        }
    }

    private static AssistantChatMessage Rebuild(ChatCompletion answer) => answer.ToolCalls.Count == 0
        ? new AssistantChatMessage(answer.Content[0].Text)
        : new AssistantChatMessage(answer.ToolCalls.Select(call =>
            ChatToolCall.CreateFunctionToolCall(call.Id, call.FunctionName, call.FunctionArguments)));
}
