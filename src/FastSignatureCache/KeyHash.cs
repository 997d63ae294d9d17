using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FastSignatureCache;

/// <summary>
/// The keyed 64-bit hash of a <see cref="SignatureKey"/>: a 64x64 to 128-bit multiply-mix over 16-byte lanes.
/// </summary>
/// <remarks>
/// The construction is the one Go's runtime falls back to without AES instructions. It costs half of two XxHash3 calls on keys of this
/// size. It is no cryptographic hash: what keeps collisions from being prepared is that the seeds are secret and new in each process,
/// and what keeps them harmless is that a look-up compares the strings in full.
/// </remarks>
internal static class KeyHash
{
    private static readonly ulong Seed0 = NewSeed();
    private static readonly ulong Seed1 = NewSeed();

    /// <summary>O(length), allocates nothing.</summary>
    public static ulong Compute(string first, string second, string third)
    {
        var state = Mix(Seed0, first);
        state = Mix(state, second);

        // Most callers that keep one signature a conversation leave the part empty: its length alone says so.
        return third.Length == 0 ? Multiply(state, Seed1) : Mix(state, third);
    }

    // Each string brings its own length into the state, so that moving characters from one to the next changes the hash.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong state, string text)
    {
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        var length = bytes.Length;
        state ^= Seed1 + (ulong)length;
        if (length < 16)
        {
            return MixShort(state, bytes);
        }

        while (bytes.Length > 16)
        {
            state = Lane(state, bytes);
            bytes = bytes[16..];
        }

        // The last lane may overlap the one before: cheaper than padding, and the length in the state keeps it unambiguous.
        ref var start = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(text.AsSpan()));
        return Lane(state, MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref start, length - 16), 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Lane(ulong state, ReadOnlySpan<byte> bytes) =>
        Multiply(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ state,
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ Seed1);

    private static ulong MixShort(ulong state, ReadOnlySpan<byte> bytes)
    {
        // 0 to 14 bytes, always even: characters have two.
        ulong low = 0;
        ulong high = 0;
        if (bytes.Length >= 8)
        {
            low = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            high = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]);
        }
        else if (bytes.Length >= 4)
        {
            low = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]);
        }
        else if (bytes.Length == 2)
        {
            low = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        }

        return Multiply(low ^ state, high ^ Seed1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Multiply(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    private static ulong NewSeed()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);

        // Odd, so that it is never zero: a zero factor would forget everything mixed in before.
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) | 1;
    }
}
