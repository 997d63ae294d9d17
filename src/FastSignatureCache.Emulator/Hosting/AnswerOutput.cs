using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.Emulator.Hosting;

/// <summary>Writes an answer's bytes, split and broken as options and fault say.</summary>
internal sealed class AnswerOutput(HttpContext context, EmulatorOptions options, CancellationToken stopping)
{
    // Indented, and with '+' as \u002B: Gemini's JSON is indented and escapes more than it must, and clients have to cope.
    private static readonly JsonWriterOptions Indented = new() { Indented = true };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private long _bytes;
    private int _events;

    public Task WriteJsonAsync(JsonNode body, bool indented, EmulatorFault? fault = null)
    {
        context.Response.ContentType = "application/json; charset=UTF-8";
        return WriteEventsAsync([Serialize(body, indented ? Indented : Compact)], fault);
    }

    public Task WriteServerSentEventsAsync(IEnumerable<JsonObject> events, SseForm form, EmulatorFault? fault)
    {
        context.Response.ContentType = "text/event-stream";
        return WriteEventsAsync(AsServerSentEvents(events, form), fault);
    }

    public Task WriteJsonArrayAsync(IEnumerable<JsonObject> events, EmulatorFault? fault)
    {
        context.Response.ContentType = "application/json; charset=UTF-8";
        return WriteEventsAsync(AsJsonArray(events), fault);
    }

    private static IEnumerable<byte[]> AsServerSentEvents(IEnumerable<JsonObject> events, SseForm form)
    {
        var end = form.LineEnding + form.LineEnding;
        foreach (var item in events)
        {
            var begin = form.NamesEvents ? $"event: {item["type"]}{form.LineEnding}data: " : "data: ";
            yield return [.. Encoding.UTF8.GetBytes(begin), .. Serialize(item, Compact), .. Encoding.UTF8.GetBytes(end)];
        }
        if (form.LastEvent is not null)
            yield return Encoding.UTF8.GetBytes($"data: {form.LastEvent}{end}");
    }

    private static IEnumerable<byte[]> AsJsonArray(IEnumerable<JsonObject> events)
    {
        var separator = "[";
        foreach (var item in events)
        {
            yield return [.. Encoding.UTF8.GetBytes(separator), .. Serialize(item, Indented)];
            separator = ",\r\n";
        }
        yield return "\n]\n"u8.ToArray();
    }

    private async Task WriteEventsAsync(IEnumerable<byte[]> events, EmulatorFault? fault)
    {
        foreach (var item in events)
        {
            if (fault is { Kind: EmulatorFault.CutEvents } && _events >= fault.Value)
                await CutAsync().ConfigureAwait(false);
            if (fault is { Kind: EmulatorFault.StallEvents } && _events >= fault.Value)
                await StallAsync().ConfigureAwait(false);
            await WriteAsync(item, fault).ConfigureAwait(false);
            _events++;
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, EmulatorFault? fault)
    {
        while (bytes.Length > 0)
        {
            var limit = fault is { Kind: EmulatorFault.CutBytes } ? fault.Value - _bytes : long.MaxValue;
            if (limit <= 0)
                await CutAsync().ConfigureAwait(false);
            var length = (int)Math.Min(limit, Math.Min(bytes.Length, options.NetworkChunkSize));
            await context.Response.Body.WriteAsync(bytes[..length], context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            bytes = bytes[length..];
            _bytes += length;
        }
    }

    // An exception behind the first byte makes Kestrel send what was written and then close the connection without the end
    // of the chunked body. Aborting the connection instead could take back bytes that tests count on.
    private async Task CutAsync()
    {
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        throw new IOException("The answer is cut off on purpose.");
    }

    private async Task StallAsync()
    {
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.Infinite, ended.Token).ConfigureAwait(false);
    }

    private static byte[] Serialize(JsonNode node, JsonWriterOptions form)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, form))
            node.WriteTo(writer);
        return buffer.ToArray();
    }
}
