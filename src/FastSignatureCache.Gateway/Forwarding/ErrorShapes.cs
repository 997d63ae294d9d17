using FastSignatureCache.Gateway.Routing;

namespace FastSignatureCache.Gateway.Forwarding;

/// <summary>Chooses an <see cref="ErrorShape"/>.</summary>
internal static class ErrorShapes
{
    public static ErrorShape Of(Provider? provider, RequestTarget target) => provider switch
    {
        Provider.Anthropic => ErrorShape.Anthropic,
        Provider.Gemini or Provider.Vertex when IsOpenAiCompatible(target.Path) => ErrorShape.OpenAi,
        Provider.Gemini or Provider.Vertex => IsJsonArrayStream(target) ? ErrorShape.GoogleArray : ErrorShape.Google,
        _ => ErrorShape.OpenAi,
    };

    private static bool IsOpenAiCompatible(string path) =>
        path.Contains("/openai/", StringComparison.Ordinal) || path.Contains("/endpoints/", StringComparison.Ordinal);

    private static bool IsJsonArrayStream(RequestTarget target) =>
        target.Path.EndsWith("streamGenerateContent", StringComparison.Ordinal) && !target.Query.Contains("alt=sse", StringComparison.Ordinal);
}
