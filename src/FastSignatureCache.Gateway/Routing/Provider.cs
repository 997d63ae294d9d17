namespace FastSignatureCache.Gateway.Routing;

/// <summary>Whose API a request is for.</summary>
internal enum Provider
{
    Gemini,
    Vertex,
    Anthropic,
    OpenRouter,
    OpenAi,
}
