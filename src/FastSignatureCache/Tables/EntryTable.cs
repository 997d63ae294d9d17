using System.Runtime.CompilerServices;
using FastSignatureCache.Candidates;

namespace FastSignatureCache.Tables;

/// <summary>
/// What is kept, by the 64-bit hash of its key: a hash table with open addressing, linear probing and backward-shift deletion. Any
/// number of threads may read without a lock while one, the holder of the cache's write lock, writes.
/// </summary>
/// <remarks>
/// <para>
/// A look-up takes three dependent loads to the key: the array, the bucket, the entry. A ConcurrentDictionary has a node between the last
/// two, and needs something in it that carries what belongs to the key alone; on a hit those loads were a third of the whole cost.
/// </para>
/// <para>
/// A reader that finds what it looks for needs no proof. One that doesn't may have been overtaken: a removal moves entries towards
/// the hole it leaves, and what was behind the reader's place may now be before it. So each move copies the entry, counts itself, and only
/// then clears the old place, and a reader that found nothing looks again if a move was counted meanwhile. It never waits for a writer.
/// </para>
/// <para>Growing makes a new array. Whoever still reads the old one sees the moment at which it was left.</para>
/// </remarks>
internal sealed class EntryTable
{
    /// <summary>
    /// At least so many buckets for each entry. Short probes: at a third of the buckets used, four of five entries are in their first one.
    /// </summary>
    public const int BucketsPerEntry = 3;

    // Stands for an empty bucket. Real hashes are odd.
    private const ulong NoHash = 0;

    /// <summary>How many buckets there are at first.</summary>
    public const int InitialLength = 64;

    /// <summary>The most buckets: for 100,000,000 entries.</summary>
    public const int MaxLength = 1 << 29;

    private Bucket[] _buckets = new Bucket[InitialLength];
    private int _moves;

    /// <summary>How many entries there are. For the writer.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// What is in the first bucket that a hash may be in. For readers, without a lock, and short enough to be compiled into each
    /// caller. Null says nothing; and the bucket may just have been given to another hash.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public object? Glance(ulong hash)
    {
        var buckets = Volatile.Read(ref _buckets);
        ref var bucket = ref buckets[HomeOf(hash, buckets)];
        return Volatile.Read(ref bucket.Hash) == hash ? Volatile.Read(ref bucket.State) : null;
    }

    /// <summary>What is kept under a hash, or null. For readers, without a lock.</summary>
    public object? Find(ulong hash)
    {
        int moves;
        do
        {
            moves = Volatile.Read(ref _moves);
            var buckets = Volatile.Read(ref _buckets);
            for (var at = HomeOf(hash, buckets); ; at = Next(at, buckets))
            {
                ref var bucket = ref buckets[at];
                var found = Volatile.Read(ref bucket.Hash);

                // The bucket may have been given to another between the two reads.
                if (found == hash && Volatile.Read(ref bucket.State) is { } state && KeyState.HashOf(state) == hash)
                {
                    return state;
                }

                if (found == NoHash)
                {
                    break;
                }
            }
        }
        while (moves != Volatile.Read(ref _moves));

        return null;
    }

    /// <summary>Everything there is, in no order. What a removal moves at the same time may be left out, or come twice.</summary>
    public IEnumerable<object> All() => All(Volatile.Read(ref _buckets));

    /// <summary>How many buckets there are. For readers, without a lock.</summary>
    public int Length => Volatile.Read(ref _buckets).Length;

    /// <summary>
    /// Finds everything whose hash has a certain home, if there were so many homes. For readers, without a lock. What a removal moves at
    /// the same time may be left out.
    /// </summary>
    /// <param name="home">The home.</param>
    /// <param name="homes">How many there are: a power of two, whatever the table's length is by now.</param>
    /// <param name="found">Takes it.</param>
    /// <returns>How many buckets were looked at.</returns>
    public int CollectHome(int home, int homes, List<object> found)
    {
        var buckets = Volatile.Read(ref _buckets);
        var looked = 0;
        for (var start = home & (buckets.Length - 1); start < buckets.Length; start += homes)
        {
            var at = start;
            for (ulong hash; (hash = Volatile.Read(ref buckets[at].Hash)) != NoHash; at = Next(at, buckets), looked++)
            {
                // It may have another home, or none any more.
                if (HomeOf(hash, buckets) == start
                    && Volatile.Read(ref buckets[at].State) is { } state
                    && KeyState.HashOf(state) == hash
                    && ((int)(hash >> 32) & (homes - 1)) == home)
                {
                    found.Add(state);
                }
            }

            looked++;
        }

        return looked;
    }

    /// <summary>Makes sure that adding one more allocates nothing, and so cannot fail.</summary>
    public void Reserve()
    {
        if ((Count + 1L) * BucketsPerEntry > _buckets.Length)
        {
            Grow();
        }
    }

    /// <summary>Adds what isn't there yet. There must be room, see <see cref="Reserve"/>.</summary>
    public void Add(object state)
    {
        Insert(_buckets, KeyState.HashOf(state), state);
        Count++;
    }

    /// <summary>Puts something in the place of what is there under the same hash: readers see the one or the other.</summary>
    public void Replace(object state) => Volatile.Write(ref _buckets[PlaceOf(KeyState.HashOf(state))].State, state);

    /// <summary>Takes out what is there.</summary>
    public void Remove(ulong hash)
    {
        var buckets = _buckets;
        var hole = PlaceOf(hash);
        Volatile.Write(ref buckets[hole].State, null);
        for (var at = Next(hole, buckets); buckets[at].Hash != NoHash; at = Next(at, buckets))
        {
            // Only what probing would reach the hole for: its home is not behind the hole.
            if (Distance(HomeOf(buckets[at].Hash, buckets), at, buckets) >= Distance(hole, at, buckets))
            {
                Move(ref buckets[at], ref buckets[hole]);
                hole = at;
            }
        }

        Volatile.Write(ref buckets[hole].Hash, NoHash);
        Count--;
    }

    /// <summary>Takes out everything.</summary>
    /// <returns>What was there, for whoever wants to look at it afterwards.</returns>
    public IEnumerable<object> Clear()
    {
        var cleared = _buckets;
        Volatile.Write(ref _buckets, new Bucket[InitialLength]);
        Count = 0;
        return All(cleared);
    }

    private static IEnumerable<object> All(Bucket[] buckets)
    {
        for (var at = 0; at < buckets.Length; at++)
        {
            if (Volatile.Read(ref buckets[at].State) is { } state)
            {
                yield return state;
            }
        }
    }

    private static void Insert(Bucket[] buckets, ulong hash, object state)
    {
        var at = HomeOf(hash, buckets);
        while (buckets[at].Hash != NoHash)
        {
            at = Next(at, buckets);
        }

        Fill(ref buckets[at], hash, state);
    }

    // The hash first, the state last: a reader goes on past a bucket that has none.
    private static void Fill(ref Bucket bucket, ulong hash, object state)
    {
        Volatile.Write(ref bucket.Hash, hash);
        Volatile.Write(ref bucket.State, state);
    }

    private void Move(ref Bucket from, ref Bucket to)
    {
        Fill(ref to, from.Hash, from.State!);
        Volatile.Write(ref _moves, _moves + 1);
        Volatile.Write(ref from.State, null);
    }

    private void Grow()
    {
        var larger = new Bucket[2 * _buckets.Length];
        foreach (ref readonly var bucket in _buckets.AsSpan())
        {
            if (bucket.State is { } state)
            {
                Insert(larger, bucket.Hash, state);
            }
        }

        Volatile.Write(ref _buckets, larger);
    }

    private int PlaceOf(ulong hash)
    {
        var at = HomeOf(hash, _buckets);
        while (_buckets[at].Hash != hash)
        {
            at = Next(at, _buckets);
        }

        return at;
    }

    private static int HomeOf(ulong hash, Bucket[] buckets) => (int)(hash >> 32) & (buckets.Length - 1);

    private static int Next(int at, Bucket[] buckets) => (at + 1) & (buckets.Length - 1);

    private static int Distance(int from, int to, Bucket[] buckets) => (to - from) & (buckets.Length - 1);

    private struct Bucket
    {
        public ulong Hash;
        public object? State;
    }
}
