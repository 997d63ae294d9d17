using System.Net.ServerSentEvents;
using System.Text.Json;
using CommunityToolkit.HighPerformance.Buffers;
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
    private readonly HandoffStream _bytes = new();
    private readonly ResponseReader _reader;
    private readonly ResponseFormat _format;
    private readonly long _limit;
    private readonly Task _reading;
    private byte _firstByte;
    private byte _lastByte;

    /// <param name="reader">What understands the answer.</param>
    /// <param name="format">How the answer is framed.</param>
    /// <param name="contentEncoding">Its one content encoding, or null.</param>
    /// <param name="limit">How many bytes are kept of an answer that can only be read whole; a longer one is not captured.</param>
    public ResponseCapture(ResponseReader reader, ResponseFormat format, string? contentEncoding, long limit)
    {
        _reader = reader;
        _format = format;
        _limit = limit;
        _reading = ReadAsync(ContentCoding.Decode(_bytes, contentEncoding));
    }

    /// <summary>
    /// Whether a client may already take what it was sent for the whole answer: then no more goes out before it is known that
    /// the answer has ended.
    /// </summary>
    public bool MayBeComplete => !HasFailed && (_format == ResponseFormat.EventStream
        ? _reader.IsFinished
        : _lastByte == (_firstByte == (byte)'[' ? (byte)']' : (byte)'}'));

    /// <summary>Why nothing is captured, if so.</summary>
    public Exception? Failure { get; private set; }

    private bool HasFailed => Failure is not null;

    /// <summary>Reads a piece of the answer.</summary>
    /// <returns>Whether it shows that the answer had not been complete before.</returns>
    public async ValueTask<bool> AddAsync(ReadOnlyMemory<byte> bytes)
    {
        int continuations = _reader.Continuations;
        await _bytes.PushAsync(bytes).ConfigureAwait(false);
        // A JSON text that goes on had no end. After an event that ends the answer there may be others without content.
        return _format == ResponseFormat.Json || HasFailed || _reader.Continuations > continuations;
    }

    /// <summary>Ends the reading.</summary>
    /// <returns>Whether the answer was read whole and is complete.</returns>
    public async ValueTask<bool> CompleteAsync()
    {
        _bytes.End();
        await _reading.ConfigureAwait(false);
        return !HasFailed && (_format == ResponseFormat.Json || _reader.IsFinished);
    }

    /// <summary>Ends the reading of an answer that was cut off.</summary>
    public async ValueTask AbortAsync()
    {
        _bytes.End(new OperationCanceledException());
        await _reading.ConfigureAwait(false);
    }

    private async Task ReadAsync(Stream stream)
    {
        try
        {
            await using (stream.ConfigureAwait(false))
            {
                await (_format == ResponseFormat.EventStream ? ReadEventsAsync(stream) : ReadJsonAsync(stream)).ConfigureAwait(false);
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

    private async Task ReadJsonAsync(Stream stream)
    {
        using var json = new ArrayPoolBufferWriter<byte>();
        int read;
        while ((read = await stream.ReadAsync(json.GetMemory(4096)).ConfigureAwait(false)) > 0)
        {
            json.Advance(read);
            if (json.WrittenCount > _limit)
            {
                throw new JsonException("The answer is longer than the limit.");
            }

            ReadOnlySpan<byte> piece = json.WrittenSpan[^read..].Trim(" \t\r\n"u8);
            if (!piece.IsEmpty)
            {
                _firstByte = _firstByte == 0 ? piece[0] : _firstByte;
                _lastByte = piece[^1];
            }
        }

        _reader.Read(json.WrittenSpan);
    }
}
