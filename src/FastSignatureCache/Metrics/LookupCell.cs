using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastSignatureCache.Metrics;

/// <summary>
/// What look-ups come to, by <see cref="SignatureLookupStatus"/>: one of several cells on cache lines of their own, so that threads that run
/// at once seldom share one.
/// </summary>
/// <remarks>
/// Two lines, because processors fetch them in pairs; one count for each status, and one more to fill the line. The cells of a model are a
/// plain array, which its entries refer to: from an entry to its count is one step.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct LookupCell
{
    private const int CellsPerProcessor = 4;

    private static int _threads;

    [ThreadStatic]
    private static int _thread;

    [FieldOffset(64)]
    private Counts _counts;

    public static LookupCell[] Create() => new LookupCell[CellsPerProcessor * (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];

    /// <summary>Counts a look-up. Exact; thread-safe.</summary>
    /// <param name="cells">The cells of the model.</param>
    /// <param name="status">What it came to.</param>
    /// <returns>What the thread's cell has come to.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Count(LookupCell[] cells, SignatureLookupStatus status)
    {
        if (_thread == 0)
        {
            _thread = Interlocked.Increment(ref _threads);
        }

        var count = Interlocked.Increment(ref cells[_thread & (cells.Length - 1)]._counts[(int)status]);
        LookupSampling.Advance(count);
        return count;
    }

    public long Read(SignatureLookupStatus status) => Volatile.Read(ref _counts[(int)status]);

    [InlineArray(8)]
    private struct Counts
    {
        private long _first;
    }
}
