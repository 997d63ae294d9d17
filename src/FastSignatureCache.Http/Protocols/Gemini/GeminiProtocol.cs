using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Restoration;

namespace FastSignatureCache.Http.Protocols.Gemini;

/// <summary>
/// Gemini's own format, of the Gemini API and of Vertex AI:
/// <see href="https://ai.google.dev/gemini-api/docs/thought-signatures"/>.
/// </summary>
internal sealed class GeminiProtocol : IProtocol
{
    public string Name => "gemini";

    public IPlaceEditor Editor { get; } = new SignatureEditor();

    public bool Matches(string path) => TryGetModel(path, out _);

    public UpstreamProvider ProviderOf(string path) =>
        path.Contains("/projects/", StringComparison.Ordinal) || path.Contains("/publishers/", StringComparison.Ordinal)
            ? UpstreamProvider.VertexAi
            : UpstreamProvider.GeminiApi;

    public void Read(string path, ReadOnlySpan<byte> body, Transcript transcript)
    {
        TryGetModel(path, out ReadOnlySpan<char> model);
        transcript.Model = model.ToString();
        new GeminiRequestReader(transcript, body).Read();
    }

    public ResponseReader CreateResponseReader(Transcript transcript) => new GeminiResponseReader(transcript);

    /// <summary>Finds the model in <c>.../models/{model}:generateContent</c>, under whatever prefix and however escaped.</summary>
    private static bool TryGetModel(string path, out ReadOnlySpan<char> model)
    {
        ReadOnlySpan<char> last = path.AsSpan(path.LastIndexOf('/') + 1);
        int colon = last.LastIndexOf(':');
        int length = 1;
        if (colon < 0)
        {
            colon = last.LastIndexOf("%3A", StringComparison.OrdinalIgnoreCase);
            length = 3;
        }

        if (colon <= 0)
        {
            model = default;
            return false;
        }

        model = last[..colon];
        return last[(colon + length)..] is "generateContent" or "streamGenerateContent";
    }
}
