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
    /// <param name="mark">The test's own mark of the conversation; empty for none.</param>
    /// <exception cref="Refusal">The body is not what the protocol wants.</exception>
    UpstreamRequest Read(JsonElement body, UpstreamRoute route, string mark);

    /// <summary>The style of call ids this protocol can live with.</summary>
    CallIdStyle CallIds { get; }

    /// <summary>Whether text answers are signed.</summary>
    bool SignsText { get; }

    /// <summary>The whole answer in one body.</summary>
    JsonObject WriteAnswer(UpstreamRequest request, Answer answer);

    /// <summary>The same answer as a stream's events.</summary>
    IEnumerable<JsonObject> WriteEvents(UpstreamRequest request, Answer answer);

    /// <summary>What ends a stream of server-sent events, or <see langword="null"/> for nothing.</summary>
    string? LastEvent { get; }

    /// <summary>An error in the protocol's own shape.</summary>
    JsonNode WriteError(UpstreamRoute route, Refusal refusal);

    /// <summary>The list of models.</summary>
    JsonObject WriteModels(IEnumerable<string> models);
}
