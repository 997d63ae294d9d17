using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace FastSignatureCache.Emulator.Signatures;

/// <summary>Bytes that never come twice: random, or counted from a seed.</summary>
internal sealed class NonceSource(int? seed)
{
    private long _count;

    public byte[] Next(int length)
    {
        if (seed is not { } start)
            return RandomNumberGenerator.GetBytes(length);
        Span<byte> input = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(input, start);
        BinaryPrimitives.WriteInt64LittleEndian(input[4..], Interlocked.Increment(ref _count));
        return SHA256.HashData(input)[..length];
    }

    public string NextDigits() =>
        BinaryPrimitives.ReadUInt64LittleEndian(Next(sizeof(ulong))).ToString(CultureInfo.InvariantCulture);
}
