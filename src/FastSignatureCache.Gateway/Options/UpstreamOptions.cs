namespace FastSignatureCache.Gateway.Options;

/// <summary>
/// The endpoint of each provider: an absolute http or https URL without query, whose path is put before each request's.
/// </summary>
internal sealed class UpstreamOptions
{
    /// <summary>The placeholder for the location in <see cref="Vertex"/>.</summary>
    public const string LocationPlaceholder = "{location}";

    /// <summary>The Gemini API. The default value is <c>https://generativelanguage.googleapis.com</c>.</summary>
    public string Gemini { get; set; } = "https://generativelanguage.googleapis.com";

    /// <summary>
    /// Vertex AI in one location, which stands for <c>{location}</c>. The default value is
    /// <c>https://{location}-aiplatform.googleapis.com</c>.
    /// </summary>
    public string Vertex { get; set; } = $"https://{LocationPlaceholder}-aiplatform.googleapis.com";

    /// <summary>
    /// Vertex AI for the location <c>global</c> and for paths that name none. The default value is <c>https://aiplatform.googleapis.com</c>.
    /// </summary>
    public string VertexGlobal { get; set; } = "https://aiplatform.googleapis.com";

    /// <summary>Anthropic. The default value is <c>https://api.anthropic.com</c>.</summary>
    public string Anthropic { get; set; } = "https://api.anthropic.com";

    /// <summary>OpenRouter. The default value is <c>https://openrouter.ai</c>.</summary>
    public string OpenRouter { get; set; } = "https://openrouter.ai";

    /// <summary>OpenAI. The default value is <c>https://api.openai.com</c>.</summary>
    public string OpenAi { get; set; } = "https://api.openai.com";
}
