using System.Buffers.Binary;
using System.IO.Hashing;

namespace FastSignatureCache.Sqlite.Rows;

/// <summary>Computes the checksum over all of a row. Not thread-safe: each connection has its own.</summary>
internal sealed class RowChecksum
{
    private readonly XxHash3 _hash = new();

    public long Of(in RowHeader header, ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload)
    {
        Span<byte> fixedPart = stackalloc byte[5 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart, header.Id);
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart[8..], header.Slot);
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart[16..], header.Shift);
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart[24..], header.Expires);
        // Without it a byte could move from the key to the payload unnoticed.
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart[32..], key.Length);
        _hash.Reset();
        _hash.Append(fixedPart);
        _hash.Append(key);
        _hash.Append(payload);
        return (long)_hash.GetCurrentHashAsUInt64();
    }
}
