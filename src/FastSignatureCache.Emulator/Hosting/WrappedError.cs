using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Emulator.Hosting;

/// <summary>A provider's error as it comes out of an intermediary.</summary>
/// <param name="Status">The HTTP status that the client sees.</param>
/// <param name="Body">The body that it sees.</param>
internal sealed record WrappedError(int Status, JsonNode Body)
{
    // Intermediaries hand on the text that they got, in which a backtick is a backtick.
    private static readonly JsonSerializerOptions AsItCame = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static WrappedError Of(int status, JsonNode body, ErrorWrapping wrapping) => wrapping switch
    {
        ErrorWrapping.JsonArray => new(status, body as JsonArray ?? new JsonArray([body])),
        ErrorWrapping.TooManyRequests => new(429, Error(new JsonObject
        {
            ["code"] = 429,
            ["message"] = body.ToJsonString(AsItCame),
            ["status"] = "RESOURCE_EXHAUSTED",
        })),
        ErrorWrapping.ServerError => new(500, Error(new JsonObject
        {
            ["message"] = "Provider returned error",
            ["code"] = 500,
            ["metadata"] = new JsonObject { ["raw"] = body.ToJsonString(AsItCame) },
        })),
        _ => new(status, body),
    };

    private static JsonObject Error(JsonObject error) => new() { ["error"] = error };
}
