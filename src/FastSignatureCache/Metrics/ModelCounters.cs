namespace FastSignatureCache.Metrics;

/// <summary>Counts what look-ups of one model come to, and its corruptions. Exact; thread-safe.</summary>
/// <remarks>
/// Each entry refers to its model's cells, so that a hit counts for its model at no more than the cost of counting; what the whole cache
/// comes to is the sum over models. BitFaster's counter, which counts what is rarer, doesn't say what it has come to. A cell does, and so
/// spares a hit the random draws that it would need besides: which look-ups an entry notes, and when others are timed.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="cells">Where its look-ups are counted.</param>
internal sealed class ModelCounters(string model, LookupCell[] cells)
{
    private static readonly SignatureLookupStatus[] Statuses = Enum.GetValues<SignatureLookupStatus>();

    private readonly long[] _corruptions = new long[Enum.GetValues<CorruptionReason>().Length];
    private long[] _baseline = new long[Statuses.Length];

    /// <summary>The model, or <see cref="ModelMetrics.Other"/>.</summary>
    public string Model => model;

    public LookupCell[] Cells => cells;

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
        foreach (ref var cell in Cells.AsSpan())
        {
            foreach (var status in Statuses)
            {
                totals[(int)status] += cell.Read(status);
            }
        }

        return totals;
    }
}
