using System.Text.Json.Nodes;

namespace FastSignatureCache.Durability.Load;

/// <summary>Finds the signatures in requests and answers of every protocol: each has its own name for them, and none is used for anything else.</summary>
internal static class SignatureTexts
{
    private static readonly string[] Names = ["thoughtSignature", "thought_signature"];

    /// <summary>In the order in which they stand there.</summary>
    public static IEnumerable<string> In(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            Names.Contains(member.Key) ? [member.Value!.GetValue<string>()] : In(member.Value)),
        JsonArray elements => elements.SelectMany(In),
        _ => [],
    };
}
