using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FastSignatureCache;

/// <summary>Decodes base64url that is known to be canonical, sixteen characters at a time.</summary>
/// <remarks>
/// The framework's decoder checks each character again, allocates when it meets one that isn't base64url, and goes on by fours where too
/// little is left for its vectors, which is most of a short text.
/// </remarks>
internal static class Base64UrlDecoder
{
    /// <summary>How many bytes may be written beyond those that are decoded.</summary>
    public const int Excess = 16 - 1;

    private const int BlockOfCharacters = 16;
    private const int BlockOfBytes = 12;

    // What makes a character its value, by the upper half of its code: 2 has '-', 3 the digits, 4 to 7 the letters, and 5 '_' besides.
    private static Vector128<byte> Offsets =>
        Vector128.Create(0, 0, 62 - '-', 52 - '0', -'A', -'A', 26 - 'a', 26 - 'a', 0, 0, 0, 0, 0, 0, 0, 0).AsByte();

    // Of each four bytes the three that hold something, the upper first.
    private static Vector128<byte> Order => Vector128.Create((byte)2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 3, 3, 3, 3);

    /// <summary>Decodes the beginning of a text.</summary>
    /// <param name="text">The text. What follows its beginning may be anything: it completes the last block.</param>
    /// <param name="length">How much of it is canonical base64url and to be decoded, in characters.</param>
    /// <param name="bytes">Where to. It must have room for <see cref="Excess"/> more bytes than are decoded.</param>
    /// <returns>How many bytes were decoded.</returns>
    public static int DecodeStart<T>(ReadOnlySpan<T> text, int length, Span<byte> bytes)
        where T : unmanaged, IBinaryInteger<T>
    {
        var read = 0;
        var written = 0;
        if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            for (; read < length && text.Length - read >= BlockOfCharacters; read += BlockOfCharacters, written += BlockOfBytes)
            {
                Decode(Load(text.Slice(read, BlockOfCharacters))).CopyTo(bytes[written..]);
            }
        }

        return read < length ? written + DecodeRest(text[read..length], bytes[written..]) : length * 3 / 4;
    }

    // What isn't ASCII can only follow what is decoded, so it doesn't matter what becomes of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load<T>(ReadOnlySpan<T> block)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (typeof(T) == typeof(byte))
        {
            return Vector128.Create(MemoryMarshal.Cast<T, byte>(block));
        }

        var characters = MemoryMarshal.Cast<T, ushort>(block);
        return Vector128.NarrowWithSaturation(Vector128.Create(characters), Vector128.Create(characters[8..]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Decode(Vector128<byte> ascii)
    {
        var underscore = Vector128.Equals(ascii, Vector128.Create((byte)'_')) & Vector128.Create((byte)(63 - '_' + 'A'));
        var values = (ascii + Vector128.ShuffleNative(Offsets, ascii >>> 4) + underscore).AsUInt32();

        // Four times six bits, one byte each, become two times twelve, and these become twenty-four.
        var six = Vector128.Create(0x003F_003Fu);
        var twelve = ((values & six) << 6) | ((values >>> 8) & six);
        return Vector128.ShuffleNative(((twelve << 12) | (twelve >>> 16)).AsByte(), Order);
    }

    // Of texts that end soon after what is to be decoded, and wherever there are no vectors.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int DecodeRest<T>(ReadOnlySpan<T> text, Span<byte> bytes)
        where T : unmanaged, IBinaryInteger<T> =>
        typeof(T) == typeof(char)
            ? Base64Url.DecodeFromChars(MemoryMarshal.Cast<T, char>(text), bytes)
            : Base64Url.DecodeFromUtf8(MemoryMarshal.Cast<T, byte>(text), bytes);
}
