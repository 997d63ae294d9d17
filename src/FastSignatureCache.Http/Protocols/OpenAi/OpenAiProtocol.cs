using System.Text.Json;
using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Restoration;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>
/// The chat completions form that Gemini, Vertex AI and OpenRouter offer:
/// <see href="https://ai.google.dev/gemini-api/docs/openai"/>.
/// </summary>
internal sealed class OpenAiProtocol : IProtocol
{
    public string Name => "openai";

    public IPlaceEditor Editor { get; } = new SignatureEditor();

    public bool Matches(string path) => path.EndsWith("/chat/completions", StringComparison.Ordinal);

    public UpstreamProvider ProviderOf(string path) =>
        path.Contains("/projects/", StringComparison.Ordinal) ? UpstreamProvider.VertexAi
        : path.EndsWith("/api/v1/chat/completions", StringComparison.Ordinal) ? UpstreamProvider.OpenRouter
        : UpstreamProvider.GeminiApi;

    public void Read(string path, ReadOnlySpan<byte> body, Transcript transcript)
    {
        new OpenAiRequestReader(transcript, body, DialectOf(path)).Read();
        if (string.IsNullOrEmpty(transcript.Model))
        {
            throw new JsonException("A chat completion names its model.");
        }
    }

    public ResponseReader CreateResponseReader(Transcript transcript) => new OpenAiResponseReader(transcript);

    private OpenAiDialect DialectOf(string path) => ProviderOf(path) switch
    {
        UpstreamProvider.VertexAi => OpenAiDialect.Vertex,
        UpstreamProvider.OpenRouter => OpenAiDialect.OpenRouter,
        _ => OpenAiDialect.Google,
    };
}
