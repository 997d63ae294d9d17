using System.Net;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Emulator.Tests.Support;

/// <summary>What came back: the status, the body as text and, when it is an answer, its objects.</summary>
public sealed record Reply(HttpStatusCode Status, string Raw, string? MediaType, IReadOnlyList<JsonNode> Events)
{
    public bool Ok => Status == HttpStatusCode.OK;

    /// <summary>The message of Google's error object, in an array or not.</summary>
    public string Error
    {
        get
        {
            var body = JsonNode.Parse(Raw)!;
            return (body is JsonArray array ? array[0]! : body)["error"]!["message"]!.GetValue<string>();
        }
    }

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var raw = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        return new Reply(response.StatusCode, raw, type, response.IsSuccessStatusCode ? ReadEvents(raw, type) : []);
    }

    private static List<JsonNode> ReadEvents(string raw, string? type)
    {
        if (type == "text/event-stream")
        {
            return raw.Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.StartsWith("data: ", StringComparison.Ordinal) && line != "data: [DONE]")
                .Select(line => JsonNode.Parse(line["data: ".Length..])!)
                .ToList();
        }
        var body = JsonNode.Parse(raw)!;
        return body is JsonArray array ? array.Select(item => item!).ToList() : [body];
    }
}
