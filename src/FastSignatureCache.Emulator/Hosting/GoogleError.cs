using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Rules;

namespace FastSignatureCache.Emulator.Hosting;

/// <summary>The error object of Google's APIs.</summary>
internal static class GoogleError
{
    public static JsonObject Of(Refusal refusal) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = refusal.Status,
            ["message"] = refusal.Message,
            ["status"] = refusal.Code,
        },
    };
}
