using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace FastSignatureCache;

/// <summary>The keyed 64-bit hash of a <see cref="SignatureKey"/>: rounds of AES where the processor has them, else XxHash3.</summary>
/// <remarks>
/// Each block of 16 bytes goes through three rounds under a seed of its own; the sum of all blocks and the lengths go through two more.
/// Two rounds would spread a byte to all bytes, but differences in two blocks would cancel often enough to be prepared by trying; with
/// three, at least 21 S-boxes stand in the way. Go's runtime hashes its map keys in much the same manner. It is no cryptographic hash: what
/// keeps collisions from being prepared is that the seeds are secret and new in each process, and what keeps them harmless is that a
/// look-up compares the strings in full.
/// </remarks>
internal static class KeyHash
{
    private const int BlockSize = 16;

    private static readonly Vector128<byte> FirstSeed = NewSeed();
    private static readonly Vector128<byte> SecondSeed = NewSeed();
    private static readonly Vector128<byte> ThirdSeed = NewSeed();
    private static readonly Vector128<byte> RoundKey = NewSeed();

    // Odd, so that no two blocks of a string have the same seed.
    private static readonly Vector128<ulong> SeedStep = NewSeed().AsUInt64() | Vector128<ulong>.One;

    /// <summary>O(length), allocates nothing. Never 0.</summary>
    public static ulong Compute(string first, string second, string third) =>
        1 | (HasAes ? ComputeByAes(first, second, third) : ComputeByXxHash(first, second, third));

    internal static bool HasAes => X86Aes.IsSupported || ArmAes.IsSupported;

    internal static ulong ComputeByAes(string first, string second, string third)
    {
        var sum = Mix(FirstSeed, first) ^ Mix(SecondSeed, second);

        // Most callers that keep one signature a conversation leave the part empty: its length alone says so.
        if (third.Length > 0)
        {
            sum ^= Mix(ThirdSeed, third);
        }

        // The lengths tell apart what differs only in where one string ends and the next begins.
        var lengths = Vector128.Create(first.Length, second.Length, third.Length, 0).AsByte();
        return Round(Round(sum ^ lengths)).AsUInt64().ToScalar();
    }

    internal static ulong ComputeByXxHash(string first, string second, string third)
    {
        var seed = FirstSeed.AsInt64().ToScalar();
        foreach (var text in (ReadOnlySpan<string>)[first, second, third])
        {
            seed = (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), seed) + text.Length;
        }

        return (ulong)seed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Mix(Vector128<byte> seed, string text)
    {
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        if (bytes.Length < BlockSize)
        {
            return MixShort(seed, bytes);
        }

        ref var start = ref MemoryMarshal.GetReference(bytes);
        var last = (nuint)(bytes.Length - BlockSize);
        var sum = Vector128<byte>.Zero;
        for (nuint at = 0; at < last; at += BlockSize)
        {
            sum ^= Scramble(Vector128.LoadUnsafe(ref start, at) ^ seed);
            seed = (seed.AsUInt64() + SeedStep).AsByte();
        }

        // The last block may overlap the one before: cheaper than padding, and the lengths keep it unambiguous.
        return sum ^ Scramble(Vector128.LoadUnsafe(ref start, last) ^ seed);
    }

    private static Vector128<byte> MixShort(Vector128<byte> seed, ReadOnlySpan<byte> bytes)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        block.Clear();
        bytes.CopyTo(block);
        return Scramble(Vector128.Create((ReadOnlySpan<byte>)block) ^ seed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Scramble(Vector128<byte> block) => Round(Round(Round(block)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Round(Vector128<byte> block) => X86Aes.IsSupported
        ? X86Aes.Encrypt(block, RoundKey)
        : ArmAes.MixColumns(ArmAes.Encrypt(block, Vector128<byte>.Zero)) ^ RoundKey;

    private static Vector128<byte> NewSeed() => Vector128.Create((ReadOnlySpan<byte>)RandomNumberGenerator.GetBytes(BlockSize));
}
