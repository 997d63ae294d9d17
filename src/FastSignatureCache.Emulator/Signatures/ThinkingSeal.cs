using System.Buffers.Binary;

namespace FastSignatureCache.Emulator.Signatures;

/// <summary>
/// What a thinking block's signature holds in itself, under its MAC: the provider says what does not fit, so it has to be
/// told apart from a signature that is wrong altogether.
/// </summary>
internal readonly record struct ThinkingSeal(
    bool Redacted, byte Index, byte Count, ulong Text, ulong System, ulong Tools, ulong Messages, ulong Previous)
{
    public const int Length = 3 + (5 * sizeof(ulong));

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        bytes[0] = Redacted ? (byte)1 : (byte)0;
        bytes[1] = Index;
        bytes[2] = Count;
        foreach (var (position, tag) in new[] { Text, System, Tools, Messages, Previous }.Index())
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(3 + (position * sizeof(ulong))), tag);
        return bytes;
    }

    public static ThinkingSeal Read(ReadOnlySpan<byte> bytes) =>
        new(bytes[0] == 1, bytes[1], bytes[2], TagAt(bytes, 0), TagAt(bytes, 1), TagAt(bytes, 2), TagAt(bytes, 3), TagAt(bytes, 4));

    private static ulong TagAt(ReadOnlySpan<byte> bytes, int position) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[(3 + (position * sizeof(ulong)))..]);
}
