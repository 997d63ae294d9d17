using Microsoft.Extensions.Primitives;

namespace FastSignatureCache.Gateway.Routing;

/// <summary>Tells from a request whose API it is for.</summary>
internal static class ProviderTable
{
    public static Provider? Find(RequestTarget target, IHeaderDictionary headers)
    {
        var segments = target.Path.Split('/')[1..];
        return segments switch
        {
            ["v1beta" or "v1alpha" or "upload", _, ..] => Provider.Gemini,
            ["v1" or "v1beta1", "projects" or "publishers", _, ..] => Provider.Vertex,
            ["v1", "messages", ..] => Provider.Anthropic,
            ["v1", "models", .., var last] when IsGeminiMethod(last) => Provider.Gemini,
            ["v1", var name, ..] when name.Length > 0 => FindBySign(target, headers) ?? Provider.OpenAi,
            ["api", "v1", _, ..] => Provider.OpenRouter,
            _ => null,
        };
    }

    /// <summary>
    /// Three providers have paths under <c>/v1</c>, some of them the same (<c>/v1/models</c>). The headers that only one of them uses
    /// decide, so that a key never goes to another provider than the one it is for.
    /// </summary>
    private static Provider? FindBySign(RequestTarget target, IHeaderDictionary headers) =>
        !StringValues.IsNullOrEmpty(headers["anthropic-version"]) ? Provider.Anthropic
        : !StringValues.IsNullOrEmpty(headers["x-goog-api-key"]) ? Provider.Gemini
        : target.Query.Contains("?key=", StringComparison.Ordinal) || target.Query.Contains("&key=", StringComparison.Ordinal) ? Provider.Gemini
        : null;

    /// <summary>Whether it is <c>{model}:{method}</c>. OpenAI's fine-tuned models have colons in their names too.</summary>
    private static bool IsGeminiMethod(string segment)
    {
        var name = Uri.UnescapeDataString(segment);
        return name.IndexOf(':', StringComparison.Ordinal) > 0 && !name.StartsWith("ft:", StringComparison.Ordinal);
    }
}
