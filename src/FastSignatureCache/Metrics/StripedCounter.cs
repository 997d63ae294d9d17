using System.Numerics;
using System.Runtime.InteropServices;

namespace FastSignatureCache.Metrics;

/// <summary>Counts look-ups that hit, in cells on cache lines of their own: threads that run at once seldom share one.</summary>
/// <remarks>
/// BitFaster's counter, which counts everything rarer, doesn't say what it has come to. This one does, and so spares a hit the random
/// draw that it would need besides, to choose which look-ups an entry notes. Exact; thread-safe.
/// </remarks>
internal sealed class StripedCounter
{
    private const int CellsPerProcessor = 4;

    private static int _threads;

    [ThreadStatic]
    private static int _thread;

    private readonly Cell[] _cells = new Cell[CellsPerProcessor * (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];

    /// <summary>Counts one.</summary>
    /// <returns>What the thread's cell has come to.</returns>
    public long Increment()
    {
        if (_thread == 0)
        {
            _thread = Interlocked.Increment(ref _threads);
        }

        return Interlocked.Increment(ref _cells[_thread & (_cells.Length - 1)].Count);
    }

    /// <summary>The count. Exact once all that count have ended.</summary>
    public long Count()
    {
        var count = 0L;
        foreach (ref var cell in _cells.AsSpan())
        {
            count += Volatile.Read(ref cell.Count);
        }

        return count;
    }

    // Two lines: processors fetch them in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Cell
    {
        [FieldOffset(64)]
        public long Count;
    }
}
