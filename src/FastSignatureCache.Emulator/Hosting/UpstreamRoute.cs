namespace FastSignatureCache.Emulator.Hosting;

/// <summary>What a path says about the request.</summary>
/// <param name="Protocol">The protocol it speaks.</param>
/// <param name="Dialect">Whose form of it.</param>
/// <param name="Model">The model in the path; empty where the body names it.</param>
/// <param name="Stream">The stream that the path asks for; a body can ask too.</param>
/// <param name="ListsModels">Whether it asks for the list of models and not for an answer.</param>
internal sealed record UpstreamRoute(
    ProtocolKind Protocol, Dialect Dialect, string Model = "", StreamForm Stream = StreamForm.None, bool ListsModels = false)
{
    private static readonly string[] NativeVersions = ["v1", "v1beta", "v1alpha", "v1beta1"];

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path.</param>
    /// <param name="alt">The query's <c>alt</c>.</param>
    /// <param name="anthropic">Whether the request has Anthropic's version header, which tells apart its list of models.</param>
    public static UpstreamRoute? Match(string method, string path, string? alt, bool anthropic)
    {
        var segments = path.Trim('/').Split('/');
        if (method == "GET" && segments[^1] == "models")
            return new UpstreamRoute(ListOf(path, segments, anthropic), Dialect.AiStudio, ListsModels: true);
        if (method != "POST")
            return null;
        if (path.EndsWith("/v1/messages", StringComparison.Ordinal))
            return new UpstreamRoute(ProtocolKind.Anthropic, Dialect.Anthropic);
        if (path.EndsWith("/chat/completions", StringComparison.Ordinal))
            return new UpstreamRoute(ProtocolKind.OpenAi, ChatDialect(path));
        return MatchNative(segments, alt);
    }

    private static ProtocolKind ListOf(string path, string[] segments, bool anthropic) =>
        anthropic ? ProtocolKind.Anthropic
        : path.Contains("openai", StringComparison.Ordinal) || segments[0] == "api" ? ProtocolKind.OpenAi
        : ProtocolKind.Gemini;

    private static Dialect ChatDialect(string path) =>
        path.Contains("/endpoints/openapi/", StringComparison.Ordinal) ? Dialect.Vertex
        : path.StartsWith("/api/v1/", StringComparison.Ordinal) ? Dialect.OpenRouter
        : Dialect.AiStudio;

    private static UpstreamRoute? MatchNative(string[] segments, string? alt)
    {
        if (!NativeVersions.Contains(segments[0]))
            return null;
        var dialect = segments switch
        {
            [_, "models", _] => Dialect.AiStudio,
            [_, "projects", _, "locations", _, "publishers", "google", "models", _] => Dialect.Vertex,
            [_, "publishers", "google", "models", _] => Dialect.Vertex,
            _ => (Dialect?)null,
        };
        var colon = segments[^1].IndexOf(':', StringComparison.Ordinal);
        if (dialect is null || colon < 0)
            return null;
        var model = Uri.UnescapeDataString(segments[^1][..colon]);
        return segments[^1][(colon + 1)..] switch
        {
            "generateContent" => new UpstreamRoute(ProtocolKind.Gemini, dialect.Value, model),
            "streamGenerateContent" => new UpstreamRoute(
                ProtocolKind.Gemini, dialect.Value, model, alt == "sse" ? StreamForm.Sse : StreamForm.JsonArray),
            _ => null,
        };
    }
}
