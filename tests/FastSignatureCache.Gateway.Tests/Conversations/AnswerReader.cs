using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>Reads an answer, in whatever form it comes, as the objects it is made of.</summary>
internal static class AnswerReader
{
    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(stream, response.Content.Headers.ContentType?.MediaType, cancellationToken);
    }

    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(Stream stream, string? mediaType, CancellationToken cancellationToken)
    {
        if (mediaType == "text/event-stream")
        {
            return await ReadEventsAsync(stream, cancellationToken);
        }

        JsonNode answer = (await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken))!;
        return answer is JsonArray array ? [.. array.Select(item => item!.AsObject())] : [answer.AsObject()];
    }

    private static async Task<List<JsonObject>> ReadEventsAsync(Stream stream, CancellationToken cancellationToken)
    {
        var objects = new List<JsonObject>();
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data != "[DONE]")
            {
                objects.Add(JsonNode.Parse(item.Data)!.AsObject());
            }
        }

        return objects;
    }
}
