using System.Text.Json.Nodes;

namespace FastSignatureCache.Samples.Tests.Support;

/// <summary>A client of chat completions that remembers the calls of an answer, and nothing that stood beside them.</summary>
internal static class ForgetfulClient
{
    /// <summary>Talks until the model has said its last, or until it is refused.</summary>
    /// <returns>The last status and body.</returns>
    public static async Task<(int Status, string Body)> TalkAsync(Uri url)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "key");
        var messages = new JsonArray(JsonNode.Parse("""{"role":"user","content":"Do I need an umbrella?"}"""));
        while (true)
        {
            var request = new JsonObject
            {
                ["model"] = "gemini-3-pro-preview",
                ["messages"] = messages.DeepClone(),
                ["tools"] = JsonNode.Parse("""[{"type":"function","function":{"name":"weather"}}]"""),
            };
            using var content = new StringContent(request.ToJsonString(), null, "application/json");
            using var response = await http.PostAsync(url, content, TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (!response.IsSuccessStatusCode || JsonNode.Parse(body)!["choices"]![0]!["message"]!["tool_calls"] is not JsonArray calls)
            {
                return ((int)response.StatusCode, body);
            }

            messages.Add(new JsonObject { ["role"] = "assistant", ["tool_calls"] = new JsonArray([.. calls.Select(Remembered)]) });
            foreach (var call in calls)
            {
                messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = call!["id"]!.DeepClone(), ["content"] = "Rain" });
            }
        }
    }

    private static JsonObject Remembered(JsonNode? call) => new()
    {
        ["id"] = call!["id"]!.DeepClone(),
        ["type"] = "function",
        ["function"] = call["function"]!.DeepClone(),
    };
}
