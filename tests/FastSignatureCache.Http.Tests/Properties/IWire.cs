using System.Text.Json.Nodes;

namespace FastSignatureCache.Http.Tests.Properties;

/// <summary>A protocol as a client and an upstream write it.</summary>
internal interface IWire
{
    string Path { get; }

    JsonObject Request(IEnumerable<JsonObject> entries);

    JsonObject Answer(JsonObject model);

    JsonObject User(string text);

    JsonObject Model(string? text, IReadOnlyList<(string Name, string? Id, JsonObject Arguments)> calls, string? signature);

    IEnumerable<JsonObject> Results(IReadOnlyList<(string Name, string? Id, JsonObject Arguments)> calls);

    /// <summary>The member that puts a signature back.</summary>
    string Inserted(string signature);
}
