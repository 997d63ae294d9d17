using System.Text.Json;
using CommunityToolkit.HighPerformance.Buffers;

namespace FastSignatureCache.Http.Streaming;

/// <summary>A JSON answer as it comes, in pooled memory up to a limit, and whether it looks complete. Not thread-safe.</summary>
internal sealed class JsonText(long limit) : IDisposable
{
    private const int PieceSize = 4096;

    private readonly ArrayPoolBufferWriter<byte> _text = new(PieceSize);
    private byte _firstByte;
    private byte _lastByte;

    /// <summary>Whether it ends with what would close its beginning.</summary>
    public bool MayBeComplete => _lastByte == (_firstByte == (byte)'[' ? (byte)']' : (byte)'}');

    /// <summary>What came so far.</summary>
    public ReadOnlySpan<byte> Written => _text.WrittenSpan;

    /// <summary>Takes in another piece.</summary>
    /// <exception cref="JsonException">It is longer than the limit with that.</exception>
    public void Add(ReadOnlySpan<byte> piece)
    {
        ThrowIfTooLong(piece.Length);
        piece.CopyTo(_text.GetSpan(piece.Length));
        Advance(piece.Length);
    }

    /// <summary>Takes in what a stream gives next.</summary>
    /// <returns>False at its end.</returns>
    /// <inheritdoc cref="Add" path="/exception"/>
    public async ValueTask<bool> AddFromAsync(Stream stream)
    {
        int read = await stream.ReadAsync(_text.GetMemory(PieceSize)).ConfigureAwait(false);
        Advance(read);
        return read > 0;
    }

    public void Dispose() => _text.Dispose();

    private void Advance(int count)
    {
        ThrowIfTooLong(count);
        _text.Advance(count);
        ReadOnlySpan<byte> piece = _text.WrittenSpan[^count..].Trim(" \t\r\n"u8);
        if (!piece.IsEmpty)
        {
            _firstByte = _firstByte == 0 ? piece[0] : _firstByte;
            _lastByte = piece[^1];
        }
    }

    private void ThrowIfTooLong(int more)
    {
        if (_text.WrittenCount + (long)more > limit)
        {
            throw new JsonException("The answer is longer than the limit.");
        }
    }
}
