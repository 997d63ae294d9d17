namespace FastSignatureCache.Http;

/// <summary>Whose rules about signatures an upstream follows. Told by the path of a request.</summary>
public enum UpstreamProvider
{
    /// <summary>The Gemini API, native and in the chat completions form, and whatever else speaks these forms.</summary>
    GeminiApi,

    /// <summary>Vertex AI: the path names a project.</summary>
    VertexAi,

    /// <summary>OpenRouter: <c>/api/v1/chat/completions</c>.</summary>
    OpenRouter,

    /// <summary>Anthropic's messages: <c>/v1/messages</c>.</summary>
    Anthropic,
}
