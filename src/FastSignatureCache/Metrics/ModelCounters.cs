using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastSignatureCache.Metrics;

/// <summary>
/// Counts what look-ups of one model come to, in cells on cache lines of their own: threads that run at once seldom share one. Exact;
/// thread-safe.
/// </summary>
/// <remarks>
/// Each entry refers to its model's, so that a hit counts for its model at the cost of counting at all; what the whole cache comes to is the
/// sum over models. BitFaster's counter, which counts what is rarer, doesn't say what it has come to. This one does, and so spares a hit the
/// random draws that it would need besides: which look-ups an entry notes, and which are timed.
/// </remarks>
/// <param name="model">The model.</param>
internal sealed class ModelCounters(string model)
{
    /// <summary>One look-up in so many is timed. A power of two. Two readings of the clock cost as much as a look-up.</summary>
    public const int LookupsPerSample = 512;

    private const int CellsPerProcessor = 4;

    private static readonly SignatureLookupStatus[] Statuses = Enum.GetValues<SignatureLookupStatus>();

    private readonly Cell[] _cells = new Cell[CellsPerProcessor * (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];
    private readonly long[] _corruptions = new long[Enum.GetValues<CorruptionReason>().Length];
    private long[] _baseline = new long[Statuses.Length];

    /// <summary>The model, or <see cref="ModelMetrics.Other"/>.</summary>
    public string Model => model;

    /// <summary>Counts a look-up, and may have the thread's next one timed.</summary>
    /// <param name="stripe">The thread's number.</param>
    /// <param name="status">What it came to.</param>
    /// <returns>What the thread's cell has come to.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Count(int stripe, SignatureLookupStatus status)
    {
        var cells = _cells;
        var count = Interlocked.Increment(ref cells[stripe & (cells.Length - 1)].Counts[(int)status]);
        if ((count & (LookupsPerSample - 1)) == 0)
        {
            Stripe.TimeNext();
        }

        return count;
    }

    public void Count(CorruptionReason reason) => Interlocked.Increment(ref _corruptions[(int)reason]);

    /// <summary>By <see cref="SignatureLookupStatus"/>, since the last reset. Exact once all that count have ended.</summary>
    public long[] Lookups()
    {
        var lookups = Totals();
        var baseline = Volatile.Read(ref _baseline);
        foreach (var status in Statuses)
        {
            lookups[(int)status] -= baseline[(int)status];
        }

        return lookups;
    }

    /// <summary>By <see cref="CorruptionReason"/>, since the last reset.</summary>
    public long[] Corruptions() => Array.ConvertAll(Enum.GetValues<CorruptionReason>(), reason => Interlocked.Read(ref _corruptions[(int)reason]));

    /// <summary>Starts again from 0. The cells go on: a hit must not pay for resets, and its number must not repeat.</summary>
    public void Reset()
    {
        Volatile.Write(ref _baseline, Totals());
        foreach (ref var count in _corruptions.AsSpan())
        {
            Interlocked.Exchange(ref count, 0);
        }
    }

    private long[] Totals()
    {
        var totals = new long[Statuses.Length];
        foreach (ref var cell in _cells.AsSpan())
        {
            foreach (var status in Statuses)
            {
                totals[(int)status] += Volatile.Read(ref cell.Counts[(int)status]);
            }
        }

        return totals;
    }

    // Two lines: processors fetch them in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Cell
    {
        [FieldOffset(64)]
        public Counts Counts;
    }

    // One for each status, and one more to fill the line.
    [InlineArray(8)]
    private struct Counts
    {
        private long _first;
    }
}
