using System.Buffers;
using System.Buffers.Text;

namespace FastSignatureCache.Packing;

/// <summary>base64 in its four spellings, as RFC 4648 sections 4 and 5 have them, with and without padding. Allocates nothing.</summary>
internal static class Base64Text
{
    private const byte Padding = (byte)'=';

    /// <summary>The spelling of a text, provided that it is base64 at all.</summary>
    public static PackedForm FormOf(ReadOnlySpan<byte> text)
    {
        bool isUnpadded = text.Length % 4 != 0;
        return text.ContainsAny((byte)'-', (byte)'_')
            ? isUnpadded || text[^1] != Padding ? PackedForm.Base64UrlUnpadded : PackedForm.Base64Url
            : isUnpadded ? PackedForm.Base64Unpadded : PackedForm.Base64;
    }

    /// <summary>How many bytes the text decodes to, provided that it is base64.</summary>
    public static int DecodedLength(ReadOnlySpan<byte> text)
    {
        int unpadded = text.TrimEnd(Padding).Length;
        return (int)((long)unpadded * 3 / 4);
    }

    /// <summary>How long the text of so many bytes is.</summary>
    public static int EncodedLength(int length, PackedForm form) => form is PackedForm.Base64 or PackedForm.Base64Url
        ? (length + 2) / 3 * 4
        : (int)(((long)length * 4 + 2) / 3);

    /// <summary>Decodes a text of the given spelling; false when it is not of it.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, PackedForm form, Span<byte> destination)
    {
        if (form is PackedForm.Base64Url or PackedForm.Base64UrlUnpadded)
        {
            return Base64Url.DecodeFromUtf8(text, destination, out _, out int count) == OperationStatus.Done
                && count == destination.Length;
        }

        int whole = form == PackedForm.Base64Unpadded ? text.Length / 4 * 4 : text.Length;
        if (Base64.DecodeFromUtf8(text[..whole], destination, out _, out int written) != OperationStatus.Done)
        {
            return false;
        }

        if (whole == text.Length)
        {
            return written == destination.Length;
        }

        // The standard decoder insists on padding, so the last group gets it.
        Span<byte> last = [Padding, Padding, Padding, Padding];
        text[whole..].CopyTo(last);
        return Base64.DecodeFromUtf8(last, destination[written..], out _, out int rest) == OperationStatus.Done
            && written + rest == destination.Length;
    }

    /// <summary>Encodes into a destination of exactly <see cref="EncodedLength"/> bytes.</summary>
    public static void Encode(ReadOnlySpan<byte> bytes, PackedForm form, Span<byte> destination)
    {
        if (form is PackedForm.Base64Url or PackedForm.Base64UrlUnpadded)
        {
            Base64Url.EncodeToUtf8(bytes, destination, out _, out int count);
            destination[count..].Fill(Padding);
            return;
        }

        int whole = form == PackedForm.Base64Unpadded ? bytes.Length / 3 * 3 : bytes.Length;
        Base64.EncodeToUtf8(bytes[..whole], destination, out _, out int written);
        if (whole < bytes.Length)
        {
            Span<byte> last = stackalloc byte[4];
            Base64.EncodeToUtf8(bytes[whole..], last, out _, out _);
            last[..(destination.Length - written)].CopyTo(destination[written..]);
        }
    }
}
