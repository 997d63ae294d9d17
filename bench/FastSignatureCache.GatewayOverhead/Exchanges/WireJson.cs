using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Bench.GatewayOverhead.Exchanges;

/// <summary>JSON as clients and providers write it: without spaces, and without escapes that JSON does not ask for.</summary>
internal static class WireJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToWire(this JsonNode node) => node.ToJsonString(Options);
}
