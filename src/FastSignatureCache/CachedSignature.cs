using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using FastSignatureCache.Eviction;
using FastSignatureCache.Metrics;
using FastSignatureCache.Packing;

namespace FastSignatureCache;

/// <summary>One signature as it is kept. Immutable but for <see cref="RequestCount"/> and
/// <see cref="ExpiresAt"/>; safe for use by any number of threads.</summary>
public sealed class CachedSignature
{
    private const int ExactRequests = 64;

    // The runtime lays structs out in this order: what a look-up reads comes first, on fewer cache lines.
    private readonly SignatureKey _key;
    private Recency _recency;
    private readonly SignatureContext _context;
    private Times _times;

    // It lays numbers out before all structs, so only those that a look-up reads stand here.
    private long _requests;
    private long _dueTicks;

    internal CachedSignature(
        in SignatureKey key,
        in SignatureContext context,
        PackedSignature packed,
        LookupCell[] lookupCells,
        long createdTicks,
        long expiresTicks,
        long dueTicks)
    {
        _key = key;
        _context = context;
        Packed = packed;
        LookupCells = lookupCells;
        _times = new() { Created = createdTicks, Expires = expiresTicks };
        _dueTicks = dueTicks;
    }

    /// <summary>The key under which it is kept.</summary>
    public SignatureKey Key => _key;

    /// <summary>
    /// The signature's text, exactly as it was put. ASCII. O(length): it is held packed, and each call makes a new string;
    /// <see cref="CopyTo(Span{byte})"/> and <see cref="WriteTo"/> don't.
    /// </summary>
    public string Signature => Packed.ToString();

    /// <summary>The signature's length in characters, which is also its length in UTF-8 bytes. O(1).</summary>
    public int Length => Packed.Length;

    /// <summary>When it was put, or put again with the same context.</summary>
    public DateTimeOffset CreatedAt => new(CreatedTicks, TimeSpan.Zero);

    /// <summary>
    /// When it expires. From that very moment on it is not found any more. Where a <see cref="SignatureCacheOptions.MaxTimeToLive"/> lets
    /// those in use live longer, a look-up can put it off, never bring it forward.
    /// </summary>
    public DateTimeOffset ExpiresAt => new(ExpiresTicks, TimeSpan.Zero);

    /// <summary>What stood before the signed part; <c>default</c> when it was put without a context.</summary>
    public SignatureContext Context => _context;

    /// <summary>How many look-ups it has answered: exact up to 64 where they come one at a time, then
    /// an estimate that is hardly ever a third off.</summary>
    /// <remarks>
    /// Counted without synchronization: look-ups at the very same moment may count once. After 64, one look-up in so many counts for all
    /// of them, and the more there were the fewer count: if each wrote to the entry, processors that use one entry would wait for each
    /// other's caches. One write in 64 already costs two threads a sixth of their hits.
    /// </remarks>
    public long RequestCount => Volatile.Read(ref _requests);

    internal long CreatedTicks => _times.Created;

    internal long ExpiresTicks => Volatile.Read(in _times.Expires);

    /// <summary>From when on a look-up has more to do than to return it: to renew it, or to find that it has expired. Never after that.</summary>
    internal long DueTicks => Volatile.Read(ref _dueTicks);

    /// <summary>Where its hits are counted: its model's.</summary>
    internal LookupCell[] LookupCells { get; }

    internal PackedSignature Packed { get; }

    /// <summary>Copies the text. O(length), allocates nothing.</summary>
    /// <param name="destination">Where to: at least <see cref="Length"/> characters.</param>
    /// <returns>The number of characters written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int CopyTo(Span<char> destination)
    {
        int length = Length;
        ThrowIfTooShort(destination.Length, length);
        Packed.CopyTo(destination);
        return length;
    }

    /// <summary>Copies the text as UTF-8. O(length), allocates nothing.</summary>
    /// <param name="utf8Destination">Where to: at least <see cref="Length"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int CopyTo(Span<byte> utf8Destination)
    {
        int length = Length;
        ThrowIfTooShort(utf8Destination.Length, length);
        Packed.CopyTo(utf8Destination);
        return length;
    }

    /// <summary>Writes the text as UTF-8. O(length), allocates nothing of its own.</summary>
    /// <param name="writer">Where to.</param>
    /// <exception cref="ArgumentNullException">The writer is null.</exception>
    public void WriteTo(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Advance(CopyTo(writer.GetSpan(Length)));
    }

    /// <summary>Key, length and times; never the signature itself, so that it cannot slip into a log.</summary>
    public override string ToString() => $"{Key}: {Length} characters, expires {ExpiresAt:O}";

    /// <param name="hit">The number of the hit among those that its thread's cell has counted.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void CountRequest(long hit)
    {
        var requests = _requests;
        if (requests < ExactRequests)
        {
            _requests = requests + 1;
            return;
        }

        // A 32nd to a 64th of the count so far, as a power of two.
        var exponent = BitOperations.Log2((ulong)requests) - 5;
        if (IsOneIn(exponent, hit))
        {
            _requests = requests + (1L << exponent);
        }
    }

    /// <summary>Puts its expiry off, in place: readers take no lock, and neither may this.</summary>
    /// <param name="from">What it was found to be. If it is something else by now, another was quicker, and nothing changes.</param>
    /// <param name="to">A later one.</param>
    /// <param name="due">When it is due again, no later than that.</param>
    internal bool TryExtend(long from, long to, long due)
    {
        if (Interlocked.CompareExchange(ref _times.Expires, to, from) != from)
        {
            return false;
        }

        // After the expiry, and so never past it. Who comes between the two finds it due and not expired, and that nothing is to be done.
        Volatile.Write(ref _dueTicks, due);
        return true;
    }

    /// <summary>Takes over the expiry of the same signature, put at the same time, if that one's is later.</summary>
    internal void TakeOver(CachedSignature same)
    {
        var expires = ExpiresTicks;
        if (same.CreatedTicks == CreatedTicks && same.ExpiresTicks > expires)
        {
            TryExtend(expires, same.ExpiresTicks, same.DueTicks);
        }
    }

    /// <summary>Says when it is due next: no later than it expires.</summary>
    internal void Postpone(long due) => Volatile.Write(ref _dueTicks, due);

    /// <summary>The same signature in the same context, put again: it keeps what it has counted.</summary>
    internal void InheritRequests(CachedSignature earlier) => _requests = earlier.RequestCount;

    internal ref readonly SignatureKey KeyReference => ref _key;

    internal ref readonly SignatureContext ContextReference => ref _context;

    /// <summary>Its key's, while it is the only one kept under it.</summary>
    internal ref Recency Recency => ref _recency;

    private static void ThrowIfTooShort(int available, int needed)
    {
        if (available < needed)
        {
            throw new ArgumentException($"The destination must have room for {needed} characters, but has {available}.");
        }
    }

    // The number is mixed: plainly each 64th hit would always be the same entry's if 64 of them are asked for in turns. Half of what SplitMix64
    // does (Steele, Lea and Flood, 2014) suffices here.
    private static bool IsOneIn(int powerOfTwo, long hit)
    {
        var mixed = (ulong)hit * 0x9E3779B97F4A7C15;
        return (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 >> (64 - powerOfTwo) == 0;
    }

    private struct Times
    {
        public long Created;
        public long Expires;
    }
}
