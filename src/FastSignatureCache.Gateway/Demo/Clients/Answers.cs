using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Gateway.Demo.Clients;

/// <summary>Reads an answer in any of its forms, as the pieces that it came in.</summary>
internal static class Answers
{
    public static async Task<IReadOnlyList<JsonNode>> ReadAsync(HttpContent content, AnswerForm form, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return form switch
            {
                AnswerForm.Json => [(await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false))!],
                AnswerForm.JsonArray => await ReadArrayAsync(stream, cancellationToken).ConfigureAwait(false),
                _ => await ReadEventsAsync(stream, cancellationToken).ConfigureAwait(false),
            };
        }
    }

    private static async Task<List<JsonNode>> ReadArrayAsync(Stream stream, CancellationToken cancellationToken)
    {
        List<JsonNode> pieces = [];
        await foreach (var piece in JsonSerializer.DeserializeAsyncEnumerable<JsonNode>(stream, cancellationToken: cancellationToken)
            .ConfigureAwait(false))
        {
            pieces.Add(piece!);
        }

        return pieces;
    }

    private static async Task<List<JsonNode>> ReadEventsAsync(Stream stream, CancellationToken cancellationToken)
    {
        List<JsonNode> pieces = [];
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item.Data != "[DONE]")
            {
                pieces.Add(JsonNode.Parse(item.Data)!);
            }
        }

        return pieces;
    }
}
