using FastSignatureCache.Gateway.Tests.Clients.Claude;

namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>
/// The clients, by a name that test reports can show. What each does with the signatures of Gemini's OpenAI-compatible endpoint,
/// as these tests find it for every order of calls:
/// <list type="table">
/// <item><term>OpenAI 2.15.0, message rebuilt from its calls</term><description>drops them</description></item>
/// <item><term>OpenAI 2.15.0, stream accumulated to calls</term><description>drops them</description></item>
/// <item><term>OpenAI 2.15.0, the answer itself put into the history</term><description>keeps them</description></item>
/// <item><term>Microsoft.Extensions.AI 10.11.0, whole and streamed</term><description>drops them</description></item>
/// <item><term>Semantic Kernel 1.82.0, whole</term><description>keeps them</description></item>
/// <item><term>Semantic Kernel 1.82.0, streamed</term><description>drops them</description></item>
/// </list>
/// And with the blocks of Claude's thinking, redacted and empty ones too, in JSON and in streams:
/// <list type="table">
/// <item><term>Anthropic 13.14.0, message rebuilt from its text and calls</term><description>drops them</description></item>
/// <item><term>Anthropic 13.14.0, stream accumulated to text and calls</term><description>drops them</description></item>
/// <item><term>Anthropic 13.14.0, the answer's blocks put into the history</term><description>keeps them</description></item>
/// <item><term>Anthropic 13.14.0, stream put together by the package</term><description>keeps them</description></item>
/// <item><term>Anthropic 13.14.0, its tool runner, whole and streamed</term><description>keeps them for the turn</description></item>
/// <item><term>Microsoft.Extensions.AI 10.11.0 over it, whole and streamed</term><description>keeps them</description></item>
/// </list>
/// </summary>
internal static class RealClients
{
    public static IReadOnlyDictionary<string, ToolLoop> ThatStream { get; } = new Dictionary<string, ToolLoop>
    {
        ["OpenAI, stream accumulated"] = OpenAiSdk.StreamedAsync,
        ["OpenAI, stream accumulated, blocking"] = OpenAiSdk.StreamedBlockingAsync,
        ["Extensions.AI, streamed"] = ExtensionsAi.StreamedAsync,
        ["Semantic Kernel, streamed"] = SemanticKernel.StreamedAsync,
    };

    public static IReadOnlyDictionary<string, ToolLoop> ThatDropSignatures { get; } = new Dictionary<string, ToolLoop>(ThatStream)
    {
        ["OpenAI, message rebuilt"] = OpenAiSdk.RebuiltAsync,
        ["OpenAI, message rebuilt, blocking"] = OpenAiSdk.BlockingAsync,
        ["Extensions.AI"] = ExtensionsAi.WholeAsync,
    };

    public static IReadOnlyDictionary<string, ToolLoop> ThatKeepSignatures { get; } = new Dictionary<string, ToolLoop>
    {
        ["OpenAI, answer kept"] = OpenAiSdk.KeptAsync,
        ["Semantic Kernel"] = SemanticKernel.WholeAsync,
    };

    public static IReadOnlyDictionary<string, ClaudeTalk> ThatDropThinking { get; } = new Dictionary<string, ClaudeTalk>
    {
        ["Anthropic, message rebuilt"] = AnthropicSdk.RebuiltAsync,
        ["Anthropic, stream accumulated"] = AnthropicSdk.StreamedAsync,
    };

    public static IReadOnlyDictionary<string, ClaudeTalk> ThatKeepThinking { get; } = new Dictionary<string, ClaudeTalk>
    {
        ["Anthropic, answer kept"] = AnthropicSdk.KeptAsync,
        ["Anthropic, stream kept"] = AnthropicSdk.StreamedKeptAsync,
        ["Extensions.AI over Anthropic"] = AnthropicExtensionsAi.WholeAsync,
        ["Extensions.AI over Anthropic, streamed"] = AnthropicExtensionsAi.StreamedAsync,
    };

    /// <summary>And of earlier turns only the model's last words.</summary>
    public static IReadOnlyDictionary<string, ClaudeTalk> ThatKeepATurnsThinking { get; } = new Dictionary<string, ClaudeTalk>
    {
        ["Anthropic, tool runner"] = AnthropicToolRunner.WholeAsync,
        ["Anthropic, tool runner, streamed"] = AnthropicToolRunner.StreamedAsync,
    };
}
