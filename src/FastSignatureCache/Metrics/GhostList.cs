using System.Numerics;

namespace FastSignatureCache.Metrics;

/// <summary>
/// The hashes of keys that were evicted not long ago, as many as the cache has room for keys, up to a bound. One thread, the holder of the
/// write lock, adds; any number may ask without a lock.
/// </summary>
/// <remarks>
/// Each hash has one place, and the later of two takes it from the earlier: of the last evictions, as many as there are places, two thirds
/// are still known. That suffices to see a capacity that is too small.
/// </remarks>
/// <param name="capacity">The most keys that the cache keeps.</param>
internal sealed class GhostList(int capacity)
{
    /// <summary>The most places: 512 KB.</summary>
    public const int MaxLength = 65_536;

    private const int MinLength = 64;

    // Stands for an empty place. Real hashes are odd.
    private const ulong NoHash = 0;

    private readonly int _length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(capacity, MinLength, MaxLength));

    // None before the first eviction.
    private ulong[]? _hashes;

    /// <summary>Notes that a key was evicted.</summary>
    public void Add(ulong hash)
    {
        if (_hashes is null)
        {
            Volatile.Write(ref _hashes, new ulong[_length]);
        }

        Volatile.Write(ref PlaceOf(hash, _hashes), hash);
    }

    /// <summary>Notes that a key is here again, or was removed for another reason.</summary>
    public void Remove(ulong hash) => TryTake(hash);

    /// <summary>Takes everything out.</summary>
    public void Clear() => Volatile.Write(ref _hashes, null);

    /// <summary>Whether a key was evicted not long ago; true once for each eviction. O(1), allocates nothing.</summary>
    public bool TryTake(ulong hash)
    {
        if (Volatile.Read(ref _hashes) is not { } hashes)
        {
            return false;
        }

        ref var place = ref PlaceOf(hash, hashes);
        return Volatile.Read(ref place) == hash && Interlocked.CompareExchange(ref place, NoHash, hash) == hash;
    }

    private static ref ulong PlaceOf(ulong hash, ulong[] hashes) => ref hashes[(int)(hash >> 32) & (hashes.Length - 1)];
}
