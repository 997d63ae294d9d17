using System.Buffers;
using System.Text.Json;

namespace FastSignatureCache.Http.Conversations;

/// <summary>A reusable buffer for the text of escaped JSON strings. Not thread-safe; one owner at a time.</summary>
internal sealed class Utf8Scratch
{
    private byte[] _buffer = [];

    /// <summary>The unescaped UTF-8 text of the current string token, valid until the next call.</summary>
    public ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        Reserve(reader.ValueSpan.Length);
        try
        {
            return _buffer.AsSpan(0, reader.CopyString(_buffer));
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape is valid JSON and no valid text. Its escaped form identifies it just as well.
            return reader.ValueSpan;
        }
    }

    /// <summary>Gives the buffer back, so that a pooled owner does not sit on a large one.</summary>
    public void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private void Reserve(int length)
    {
        if (_buffer.Length < length)
        {
            Release();
            _buffer = ArrayPool<byte>.Shared.Rent(length);
        }
    }
}
