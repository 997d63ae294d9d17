using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Scripting;

namespace FastSignatureCache.Emulator.Hosting;

/// <summary>One wire format: everything between bytes and the form that rules and script work on.</summary>
internal interface IProtocol
{
    /// <summary>Reads a request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="route">What the path says.</param>
    /// <param name="headers">What the headers say about it.</param>
    /// <exception cref="Refusal">The body is not what the protocol wants.</exception>
    UpstreamRequest Read(JsonElement body, UpstreamRoute route, RequestHeaders headers);

    /// <summary>What answers can have.</summary>
    AnswerStyle Style { get; }

    /// <summary>How server-sent events are written.</summary>
    SseForm Sse { get; }

    /// <summary>Whether bodies that are not streamed are indented.</summary>
    bool Indents { get; }

    /// <summary>The whole answer in one body.</summary>
    JsonObject WriteAnswer(UpstreamRequest request, Answer answer);

    /// <summary>The same answer as a stream's events.</summary>
    IEnumerable<JsonObject> WriteEvents(UpstreamRequest request, Answer answer);

    /// <summary>An error in the protocol's own shape.</summary>
    JsonNode WriteError(UpstreamRoute route, Refusal refusal);

    /// <summary>The list of models.</summary>
    JsonObject WriteModels(IReadOnlyList<string> models);

    /// <summary>The text of the error for a model that does not exist.</summary>
    string UnknownModel(string model);

    /// <summary>The text of the error for a body that is no JSON, or is JSON but no request.</summary>
    string Malformed(bool isJson);
}
