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
    private static readonly ulong Seed2 = NewSeed();

    /// <summary>O(length), allocates nothing.</summary>
    public static ulong Compute(string first, string second, string third)
    {
        var state = Mix(Seed0, first);
        state = Mix(state, second);

        // Most callers that keep one signature a conversation leave the part empty: its length alone says so.
        state = third.Length == 0 ? Multiply(state, Seed1) : Mix(state, third);

        // Odd: 0 is no key's hash.
        return state | 1;
    }

    // Each string brings its own length into the state, so that moving characters from one to the next changes the hash. Multiplied by a
    // secret: a length as it is would differ from another by the few bits by which characters differ, and a character could make up for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong state, string text)
    {
        ref var start = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text.AsSpan()));
        var length = 2 * text.Length;
        state ^= Seed2 * (ulong)(length + 1);
        if (length < 16)
        {
            return MixShort(state, ref start, length);
        }

        var at = 0;
        if (length > 32)
        {
            // Two chains side by side: a multiplication takes four cycles, but a new one can start in each.
            var second = state + Seed2;
            for (; at < length - 32; at += 32)
            {
                state = Lane(state, ref start, at);
                second = Lane(second, ref start, at + 16);
            }

            state ^= second;
        }

        if (at < length - 16)
        {
            state = Lane(state, ref start, at);
        }

        // The last lane may overlap the one before: cheaper than padding, and the length in the state keeps it unambiguous.
        return Lane(state, ref start, length - 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Lane(ulong state, ref byte start, int at) =>
        Multiply(Read<ulong>(ref start, at) ^ state, Read<ulong>(ref start, at + 8) ^ Seed1);

    // 0 to 14 bytes, always even: characters have two.
    private static ulong MixShort(ulong state, ref byte start, int length)
    {
        var (low, high) = length switch
        {
            >= 8 => (Read<ulong>(ref start, 0), Read<ulong>(ref start, length - 8)),
            >= 4 => (Read<uint>(ref start, 0), Read<uint>(ref start, length - 4)),
            2 => (Read<ushort>(ref start, 0), 0UL),
            _ => (0UL, 0UL),
        };
        return Multiply(low ^ state, high ^ Seed1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Read<T>(ref byte start, int at)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref start, at));

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
        return MemoryMarshal.Read<ulong>(bytes) | 1;
    }
}
