using System.Buffers;
using System.Text.Json;

namespace FastSignatureCache.Http.Conversations;

/// <summary>A reusable buffer for the text of escaped JSON strings. Not thread-safe; one owner at a time.</summary>
internal sealed class Utf8Scratch
{
    private byte[] _buffer = [];

    /// <summary>The unescaped UTF-8 text of the current string token, valid until the next call.</summary>
    public ReadOnlySpan<byte> Text(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Unescape(ref reader) : reader.ValueSpan;

    /// <summary>The unescaped UTF-8 text of a whole string token, quotes included, valid until the next call.</summary>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> token)
    {
        ReadOnlySpan<byte> raw = token[1..^1];
        if (!raw.Contains((byte)'\\'))
        {
            return raw;
        }

        var reader = new Utf8JsonReader(token);
        reader.Read();
        int length = CopyUnescaped(ref reader);
        return length < 0 ? raw : _buffer.AsSpan(0, length);
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

    private ReadOnlySpan<byte> Unescape(ref Utf8JsonReader reader)
    {
        int length = CopyUnescaped(ref reader);
        return length < 0 ? reader.ValueSpan : _buffer.AsSpan(0, length);
    }

    /// <summary>
    /// Unescapes into the buffer and says how long the text is. Negative for a lone surrogate, which is valid JSON and no valid
    /// text: its escaped form identifies it just as well.
    /// </summary>
    private int CopyUnescaped(ref Utf8JsonReader reader)
    {
        Reserve(reader.ValueSpan.Length);
        try
        {
            return reader.CopyString(_buffer);
        }
        catch (InvalidOperationException)
        {
            return -1;
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
