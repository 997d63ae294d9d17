using System.Net.ServerSentEvents;
using FastSignatureCache.Http.Protocols;

namespace FastSignatureCache.Http.Streaming;

/// <summary>
/// Reads a copy of an answer while it flows to the client. Whatever goes wrong here, malformed bytes included, only means that
/// nothing is captured. Not thread-safe: calls must follow one another.
/// </summary>
#pragma warning disable CA1001 // The reading owns the stream and disposes of it when it ends.
internal sealed class ResponseCapture
#pragma warning restore CA1001
{
    private readonly HandoffStream? _bytes;
    private readonly JsonText? _json;
    private readonly ResponseReader _reader;
    private readonly ResponseFormat _format;
    private readonly Task _reading = Task.CompletedTask;

    /// <param name="reader">What understands the answer.</param>
    /// <param name="format">How the answer is framed.</param>
    /// <param name="contentEncoding">Its one content encoding, or null.</param>
    /// <param name="limit">How many bytes are kept of an answer that can only be read whole; a longer one is not captured.</param>
    public ResponseCapture(ResponseReader reader, ResponseFormat format, string? contentEncoding, long limit)
    {
        _reader = reader;
        _format = format;
        _json = format == ResponseFormat.Json ? new JsonText(limit) : null;
        if (_json is null || contentEncoding is not null)
        {
            // Decoders and the parser of events pull; plain JSON is taken in as it comes, which costs less.
            _bytes = new HandoffStream();
            _reading = ReadAsync(ContentCoding.Decode(_bytes, contentEncoding));
        }
    }

    /// <summary>
    /// Whether a client may already take what it was sent for the whole answer: then no more goes out before it is known that
    /// the answer has ended.
    /// </summary>
    public bool MayBeComplete => !HasFailed && (_json?.MayBeComplete ?? _reader.IsFinished);

    /// <summary>Why nothing is captured, if so.</summary>
    public Exception? Failure { get; private set; }

    private bool HasFailed => Failure is not null;

    /// <summary>Reads a piece of the answer.</summary>
    /// <returns>Whether it shows that the answer had not been complete before.</returns>
    public async ValueTask<bool> AddAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_bytes is null)
        {
            AddJson(bytes.Span);
            return true;
        }

        int continuations = _reader.Continuations;
        await _bytes.PushAsync(bytes).ConfigureAwait(false);
        // A JSON text that goes on had no end. After an event that ends the answer there may be others without content.
        return _format == ResponseFormat.Json || HasFailed || _reader.Continuations > continuations;
    }

    /// <summary>Ends the reading.</summary>
    /// <returns>Whether the answer was read whole and is complete.</returns>
    public async ValueTask<bool> CompleteAsync()
    {
        if (_bytes is null)
        {
            ReadJson();
            _json!.Dispose();
        }
        else
        {
            _bytes.End();
            await _reading.ConfigureAwait(false);
        }

        return !HasFailed && (_format == ResponseFormat.Json || _reader.IsFinished);
    }

    /// <summary>Ends the reading of an answer that was cut off.</summary>
    public async ValueTask AbortAsync()
    {
        var cut = new OperationCanceledException();
        if (_bytes is null)
        {
            Failure ??= cut;
            _json!.Dispose();
        }
        else
        {
            _bytes.End(cut);
            await _reading.ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        try
        {
            await using (stream.ConfigureAwait(false))
            {
                await (_json is null ? ReadEventsAsync(stream) : ReadJsonAsync(stream, _json)).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Capture must never fail an answer that reaches the client well without it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
        }
    }

    private async Task ReadEventsAsync(Stream stream)
    {
        SseParser<bool> parser = SseParser.Create(stream, (_, data) =>
        {
            ReadEvent(data);
            return true;
        });
        await foreach (SseItem<bool> _ in parser.EnumerateAsync().ConfigureAwait(false))
        {
        }
    }

    private void ReadEvent(ReadOnlySpan<byte> data)
    {
        // OpenAI's end mark is the one event that is no JSON.
        if (!data.IsEmpty && !data.SequenceEqual("[DONE]"u8))
        {
            _reader.Read(data);
        }
    }

    private async Task ReadJsonAsync(Stream stream, JsonText json)
    {
        using (json)
        {
            while (await json.AddFromAsync(stream).ConfigureAwait(false))
            {
            }

            _reader.Read(json.Written);
        }
    }

    private void AddJson(ReadOnlySpan<byte> piece)
    {
        if (HasFailed)
        {
            return;
        }

        try
        {
            _json!.Add(piece);
        }
#pragma warning disable CA1031 // As in reading a stream.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
            _json!.Dispose();
        }
    }

    private void ReadJson()
    {
        if (HasFailed)
        {
            return;
        }

        try
        {
            _reader.Read(_json!.Written);
        }
#pragma warning disable CA1031 // As in reading a stream.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
        }
    }
}
