using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Rules;

namespace FastSignatureCache.Emulator.Anthropic;

/// <summary>Anthropic's error object.</summary>
internal static class AnthropicError
{
    public static JsonObject Of(Refusal refusal, string requestId) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = TypeOf(refusal.Status), ["message"] = refusal.Message },
        ["request_id"] = requestId,
    };

    private static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        503 or 529 => "overloaded_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
