using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Restoration;

namespace FastSignatureCache.Http.Protocols;

/// <summary>One provider's wire format: where its conversations, parts and signatures stand. Stateless and thread-safe.</summary>
internal interface IProtocol
{
    /// <summary>Its name in traces.</summary>
    string Name { get; }

    /// <summary>How its bodies are edited.</summary>
    IPlaceEditor Editor { get; }

    /// <summary>Whether a POST to this path speaks the protocol.</summary>
    bool Matches(string path);

    /// <summary>Whose rules hold behind a path.</summary>
    UpstreamProvider ProviderOf(string path);

    /// <summary>Reads a request body into an empty transcript.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is not of this protocol; it must go on untouched.</exception>
    void Read(string path, ReadOnlySpan<byte> body, Transcript transcript);

    /// <summary>A reader for the answer to one request.</summary>
    ResponseReader CreateResponseReader(Transcript transcript);
}
