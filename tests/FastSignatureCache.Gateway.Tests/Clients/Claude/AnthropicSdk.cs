using System.Text.Json;
using Anthropic;
using Anthropic.Models.Messages;

namespace FastSignatureCache.Gateway.Tests.Clients.Claude;

/// <summary>Tool loops as they are written by hand over the official Anthropic package.</summary>
internal static class AnthropicSdk
{
    public const string Instructions = "Be brief.";

    private static readonly JsonElement Schema = JsonElement.Parse(Clients.Tools.Schema);

    /// <summary>The answer's text and calls are put into a message of the code's own.</summary>
    public static Task<IReadOnlyList<string>> RebuiltAsync(HttpClient http, Uri address, string model, IReadOnlyList<string> prompts) =>
        TalkAsync(http, address, model, prompts, static async (client, request) =>
            Rebuild(await client.Messages.Create(request, TestContext.Current.CancellationToken)));

    /// <summary>The answer's blocks go into the history as they are.</summary>
    public static Task<IReadOnlyList<string>> KeptAsync(HttpClient http, Uri address, string model, IReadOnlyList<string> prompts) =>
        TalkAsync(http, address, model, prompts, static async (client, request) =>
            Keep(await client.Messages.Create(request, TestContext.Current.CancellationToken)));

    /// <summary>The stream's text and calls are put together by hand.</summary>
    public static Task<IReadOnlyList<string>> StreamedAsync(HttpClient http, Uri address, string model, IReadOnlyList<string> prompts) =>
        TalkAsync(http, address, model, prompts, static async (client, request) =>
        {
            var answer = new StreamedBlocks();
            await foreach (RawMessageStreamEvent one in client.Messages.CreateStreaming(request, TestContext.Current.CancellationToken))
            {
                answer.Add(one);
            }

            return answer.Build();
        });

    /// <summary>The package puts the stream together, and the blocks go into the history as they are.</summary>
    public static Task<IReadOnlyList<string>> StreamedKeptAsync(HttpClient http, Uri address, string model, IReadOnlyList<string> prompts) =>
        TalkAsync(http, address, model, prompts, static async (client, request) =>
            Keep(await client.Messages.CreateStreaming(request, TestContext.Current.CancellationToken).Aggregate()));

    public static AnthropicClient CreateClient(HttpClient http, Uri address) =>
        new() { ApiKey = "key", BaseUrl = address.ToString(), HttpClient = http, MaxRetries = 0 };

    private static async Task<IReadOnlyList<string>> TalkAsync(
        HttpClient http,
        Uri address,
        string model,
        IReadOnlyList<string> prompts,
        Func<AnthropicClient, MessageCreateParams, Task<List<ContentBlockParam>>> ask)
    {
        using AnthropicClient client = CreateClient(http, address);
        List<MessageParam> history = [];
        List<string> said = [];
        foreach (string prompt in prompts)
        {
            history.Add(new UserMessageParam(prompt));
            List<ContentBlockParam> results;
            do
            {
                List<ContentBlockParam> answer = await ask(client, CreateRequest(model, history));
                history.Add(new AssistantMessageParam(answer));
                results = [.. answer.Select(block => block.Value).OfType<ToolUseBlockParam>()
                    .Select(call => new ToolResultBlockParam(call.ID) { Content = "Rain" })];
                if (results.Count > 0)
                {
                    history.Add(new UserMessageParam(results));
                }
                else
                {
                    said.Add(string.Concat(answer.Select(block => block.Value).OfType<TextBlockParam>().Select(text => text.Text)));
                }
            }
            while (results.Count > 0);
        }

        return said;
    }

    private static MessageCreateParams CreateRequest(string model, List<MessageParam> history) => new()
    {
        Model = model,
        MaxTokens = 4096,
        System = Instructions,
        Thinking = ClaudeModels.IsAdaptive(model) ? new ThinkingConfigAdaptive() : new ThinkingConfigEnabled(1024),
        Tools = [.. Clients.Tools.Names.Select(name => (ToolUnion)new Tool
        {
            Name = name,
            InputSchema = new InputSchema
            {
                Properties = Schema.GetProperty("properties").Deserialize<Dictionary<string, JsonElement>>()!,
                Required = ["city"],
            },
        })],
        Messages = [.. history],
    };

    private static List<ContentBlockParam> Keep(Message answer) =>
        [.. answer.Content.Select(block => block.Json.Deserialize<ContentBlockParam>()!)];

    private static List<ContentBlockParam> Rebuild(Message answer)
    {
        List<ContentBlockParam> blocks = [];
        foreach (ContentBlock block in answer.Content)
        {
            if (block.TryPickText(out TextBlock? text))
            {
                blocks.Add(new TextBlockParam { Text = text.Text });
            }
            else if (block.TryPickToolUse(out ToolUseBlock? call))
            {
                blocks.Add(new ToolUseBlockParam { ID = call.ID, Name = call.Name, Input = call.Input });
            }
        }

        return blocks;
    }
}
