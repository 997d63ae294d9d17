using System.Text.Json;
using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Restoration;

namespace FastSignatureCache.Http.Protocols.Anthropic;

/// <summary>
/// Anthropic's messages: <see href="https://platform.claude.com/docs/en/build-with-claude/extended-thinking"/>.
/// </summary>
internal sealed class AnthropicProtocol : IProtocol
{
    public string Name => "anthropic";

    public IPlaceEditor Editor { get; } = new ThinkingEditor();

    public bool Matches(string path) => path.EndsWith("/v1/messages", StringComparison.Ordinal);

    public UpstreamProvider ProviderOf(string path) => UpstreamProvider.Anthropic;

    public void Read(string path, ReadOnlySpan<byte> body, Transcript transcript)
    {
        new AnthropicRequestReader(transcript, body).Read();
        if (string.IsNullOrEmpty(transcript.Model))
        {
            throw new JsonException("A request for a message names its model.");
        }
    }

    public ResponseReader CreateResponseReader(Transcript transcript) => new AnthropicResponseReader(transcript);
}
