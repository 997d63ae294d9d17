using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>
/// The chat completions form that Gemini, Vertex AI and OpenRouter offer:
/// <see href="https://ai.google.dev/gemini-api/docs/openai"/>.
/// </summary>
internal sealed class OpenAiProtocol : IProtocol
{
    public string Name => "openai";

    public bool Matches(string path) => path.EndsWith("/chat/completions", StringComparison.Ordinal);

    public void Read(string path, ReadOnlySpan<byte> body, Transcript transcript)
    {
        new OpenAiRequestReader(transcript, body, DialectOf(path)).Read();
        if (string.IsNullOrEmpty(transcript.Model))
        {
            throw new JsonException("A chat completion names its model.");
        }
    }

    public ResponseReader CreateResponseReader(Transcript transcript) => new OpenAiResponseReader(transcript);

    private static OpenAiDialect DialectOf(string path) =>
        path.Contains("/projects/", StringComparison.Ordinal) ? OpenAiDialect.Vertex
        : path.EndsWith("/api/v1/chat/completions", StringComparison.Ordinal) ? OpenAiDialect.OpenRouter
        : OpenAiDialect.Google;
}
