using System.Text.Json.Nodes;

namespace FastSignatureCache.Gateway.Forwarding;

/// <summary>An error of the gateway's own, not of an upstream.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What happened, in OpenAI's style.</param>
/// <param name="Message">What happened and what to do, for people.</param>
internal sealed record GatewayError(int Status, string Code, string Message)
{
    public static GatewayError UnknownPath(string method, string path) => new(
        StatusCodes.Status404NotFound,
        "unknown_path",
        $"No provider has {method} {path}. The gateway knows the paths of the Gemini API (/v1beta/...), Vertex AI (/v1/projects/...), "
        + "Anthropic (/v1/messages), OpenRouter (/api/v1/...) and OpenAI (/v1/...). Start it with --upstream URL to send every path to one upstream.");

    public static GatewayError Unreachable(Uri upstream, string reason) => new(
        StatusCodes.Status502BadGateway,
        "upstream_unreachable",
        $"The gateway got no answer from {upstream.GetLeftPart(UriPartial.Authority)}: {reason}");

    public static GatewayError TimedOut(Uri upstream) => new(
        StatusCodes.Status504GatewayTimeout,
        "upstream_timeout",
        $"The gateway waited too long for {upstream.GetLeftPart(UriPartial.Authority)}.");

    public JsonNode ToJson(ErrorShape shape) => shape switch
    {
        ErrorShape.Google => Google(),
        ErrorShape.GoogleArray => new JsonArray(Google()),
        ErrorShape.Anthropic => new JsonObject
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["type"] = AnthropicType, ["message"] = Message },
        },
        _ => new JsonObject
        {
            ["error"] = new JsonObject { ["message"] = Message, ["type"] = "gateway_error", ["param"] = null, ["code"] = Code },
        },
    };

    private string AnthropicType => Status switch
    {
        StatusCodes.Status404NotFound => "not_found_error",
        StatusCodes.Status504GatewayTimeout => "timeout_error",
        _ => "api_error",
    };

    private string GoogleStatus => Status switch
    {
        StatusCodes.Status404NotFound => "NOT_FOUND",
        StatusCodes.Status504GatewayTimeout => "DEADLINE_EXCEEDED",
        _ => "UNAVAILABLE",
    };

    private JsonObject Google() => new()
    {
        ["error"] = new JsonObject { ["code"] = Status, ["message"] = Message, ["status"] = GoogleStatus },
    };
}
