using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Gateway.Tests.Conversations;

namespace FastSignatureCache.Durability.Load;

/// <summary>As much of an answer as has come.</summary>
/// <param name="Status">The HTTP status, or null if not even that has come.</param>
/// <param name="MediaType">What the body is.</param>
/// <param name="Body">The body, possibly cut off.</param>
internal sealed record Received(int? Status, string? MediaType, byte[] Body)
{
    public static async Task<Received> ReadAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        int? status = null;
        string? mediaType = null;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            (status, mediaType) = ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            await stream.CopyToAsync(body, cancellationToken);
        }
        catch (Exception cutOff) when (cutOff is HttpRequestException or IOException)
        {
            // What has come counts.
        }

        return new(status, mediaType, body.ToArray());
    }

    /// <summary>
    /// The answer, or null if it is not whole. It is as soon as the client can tell from its content, even if the connection was not
    /// ended properly: a client need not wait for that.
    /// </summary>
    public async Task<IReadOnlyList<JsonObject>?> AnswerAsync(CancellationToken cancellationToken)
    {
        if (MediaType == "text/event-stream" && !(Body.AsSpan().EndsWith("\r\n\r\n"u8) && SaysItEnds()))
        {
            return null;
        }

        try
        {
            using var stream = new MemoryStream(Body);
            return Body.Length == 0 ? null : await AnswerReader.ReadAsync(stream, MediaType, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool SaysItEnds() =>
        Body.AsSpan().IndexOf("\"finishReason\":\""u8) >= 0 || Body.AsSpan().IndexOf("\"finish_reason\":\""u8) >= 0;
}
