namespace FastSignatureCache.Metrics;

/// <summary>The last corruptions. Flat in memory; noting one allocates nothing. Thread-safe.</summary>
internal sealed class CorruptionLog
{
    /// <summary>How many are remembered.</summary>
    public const int Length = 32;

    private readonly Lock _sync = new();
    private readonly Corruption[] _corruptions = new Corruption[Length];
    private int _count;
    private int _next;

    public void Add(long ticks, string model, CorruptionReason reason)
    {
        lock (_sync)
        {
            _corruptions[_next] = new(ticks, model, reason);
            _next = (_next + 1) % Length;
            _count = Math.Min(_count + 1, Length);
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<CorruptionEvent> Snapshot()
    {
        lock (_sync)
        {
            var events = new CorruptionEvent[_count];
            for (var i = 0; i < _count; i++)
            {
                var (ticks, model, reason) = _corruptions[(_next + Length - 1 - i) % Length];
                events[i] = new(new DateTimeOffset(ticks, TimeSpan.Zero), model, reason);
            }

            return events;
        }
    }

    public void Reset()
    {
        lock (_sync)
        {
            Array.Clear(_corruptions);
            _count = _next = 0;
        }
    }

    private readonly record struct Corruption(long Ticks, string Model, CorruptionReason Reason);
}
