using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace FastSignatureCache.Sqlite.Rows;

/// <summary>
/// Writes one string of a key as bytes: a length with its form, then the string. Each string has exactly one encoding, so equal bytes
/// mean equal strings. SQLite's own text would not do: it can keep neither lone surrogates nor, reliably, zeros.
/// </summary>
internal static class TextEncoding
{
    /// <summary>The most bytes that a string of a key takes.</summary>
    public const int MaxLength = MaxPrefixLength + (SignatureKey.MaxPartLength * MaxUtf8PerChar);

    private const int MaxPrefixLength = 2;
    private const int MaxUtf8PerChar = 3;
    private const int FormBits = 2;
    private const string HexDigits = "0123456789abcdef";
    private static readonly SearchValues<char> LowerHex = SearchValues.Create(HexDigits);

    private enum Form
    {
        Utf8 = 0,

        /// <summary>What UTF-8 can't express: lone surrogates.</summary>
        Utf16 = 1,

        /// <summary>Two digits a byte: the ids that restoration makes are of this kind.</summary>
        LowerHex = 2,
    }

    public static int Write(string text, Span<byte> destination)
    {
        var content = destination[MaxPrefixLength..];
        var form = Form.Utf8;
        int length;
        if (text.Length > 0 && text.Length % 2 == 0 && !text.AsSpan().ContainsAnyExcept(LowerHex))
        {
            form = Form.LowerHex;
            Convert.FromHexString(text, content, out _, out length);
        }
        else if (Utf8.FromUtf16(text, content, out _, out length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            form = Form.Utf16;
            var bytes = MemoryMarshal.AsBytes(text.AsSpan());
            bytes.CopyTo(content);
            length = bytes.Length;
        }

        // Two bytes of seven bits each, always: the longest string has 1,536 bytes, or 13 bits with the form.
        var prefix = (length << FormBits) | (int)form;
        destination[0] = (byte)prefix;
        destination[1] = (byte)(prefix >> 8);
        return MaxPrefixLength + length;
    }

    /// <summary>Reads a string and moves the source on behind it; false when there is none.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> source, out string text)
    {
        text = "";
        if (source.Length < MaxPrefixLength)
        {
            return false;
        }

        var prefix = source[0] | (source[1] << 8);
        var length = prefix >> FormBits;
        if (length > source.Length - MaxPrefixLength)
        {
            return false;
        }

        var content = source.Slice(MaxPrefixLength, length);
        source = source[(MaxPrefixLength + length)..];
        var form = (Form)(prefix & ((1 << FormBits) - 1));
        switch (form)
        {
            case Form.Utf8 when Utf8.IsValid(content):
                text = Encoding.UTF8.GetString(content);
                break;
            case Form.Utf16 when length % sizeof(char) == 0:
                text = new(MemoryMarshal.Cast<byte, char>(content));
                break;
            case Form.LowerHex:
                text = Convert.ToHexStringLower(content);
                break;
            default:
                return false;
        }

        return text.Length <= SignatureKey.MaxPartLength;
    }
}
