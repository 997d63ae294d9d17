using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FastSignatureCache.Emulator.Signatures;

/// <summary>Eight bytes that stand for a text. Nothing stands for no text.</summary>
internal static class Tag
{
    public static ulong Of(string? text) => text is null ? 0 : Of(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Never 0, which means that there is nothing.
    public static ulong Of(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64LittleEndian(hash) | 1;
}
