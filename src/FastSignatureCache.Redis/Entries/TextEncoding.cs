using System.Buffers.Binary;
using System.Text;

namespace FastSignatureCache.Redis.Entries;

/// <summary>
/// Writes one string of a key as bytes: its length and width, then a byte a character if all are ASCII, or else two. Each string has
/// exactly one encoding, so equal bytes mean equal strings; UTF-8 has none for lone surrogates.
/// </summary>
internal static class TextEncoding
{
    /// <summary>The most bytes that a string of a key takes.</summary>
    public const int MaxLength = sizeof(ushort) + (SignatureKey.MaxPartLength * sizeof(char));

    public static int Write(string text, Span<byte> destination)
    {
        var isWide = !Ascii.IsValid(text);
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)((text.Length << 1) | (isWide ? 1 : 0)));
        var content = destination[sizeof(ushort)..];
        if (!isWide)
        {
            return sizeof(ushort) + Encoding.ASCII.GetBytes(text, content);
        }

        // One by one, because machines of either byte order may share a store.
        for (var i = 0; i < text.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(content[(i * sizeof(char))..], text[i]);
        }

        return sizeof(ushort) + (text.Length * sizeof(char));
    }

    /// <summary>Reads a string and moves the source on behind it; false when there is none.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> source, out string text)
    {
        text = "";
        if (!BinaryPrimitives.TryReadUInt16LittleEndian(source, out var prefix))
        {
            return false;
        }

        var isWide = (prefix & 1) != 0;
        var length = prefix >> 1;
        var bytes = isWide ? length * sizeof(char) : length;
        if (length > SignatureKey.MaxPartLength || bytes > source.Length - sizeof(ushort))
        {
            return false;
        }

        var content = source.Slice(sizeof(ushort), bytes);
        source = source[(sizeof(ushort) + bytes)..];
        if (!isWide)
        {
            text = Encoding.ASCII.GetString(content);
            return Ascii.IsValid(content);
        }

        Span<char> chars = stackalloc char[length];
        for (var i = 0; i < length; i++)
        {
            chars[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(content[(i * sizeof(char))..]);
        }

        text = new(chars);
        return true;
    }
}
