namespace FastSignatureCache.Metrics;

/// <summary>How long the look-ups took that were timed. Thread-safe, and nobody ever waits.</summary>
internal sealed class LookupTimes
{
    // 10 seconds, in nanoseconds.
    private const long Longest = 10_000_000_000;

    private readonly Lock _sync = new();
    private readonly Distribution _nanoseconds = new(Longest);
    private readonly TimeProvider _timeProvider;

    /// <param name="timeProvider">Whose clock it is.</param>
    public LookupTimes(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;

        // No look-up allocates, the first that is timed neither.
        _nanoseconds.Reserve();
    }

    public long Begin() => _timeProvider.GetTimestamp();

    public void End(long begin)
    {
        var nanoseconds = NanosecondsBetween(begin, _timeProvider.GetTimestamp());

        // It is a sample anyway: what comes while another is recorded is left out.
        if (_sync.TryEnter())
        {
            try
            {
                _nanoseconds.Record(nanoseconds);
            }
            finally
            {
                _sync.Exit();
            }
        }
    }

    public DistributionMetrics Snapshot()
    {
        lock (_sync)
        {
            return _nanoseconds.Snapshot();
        }
    }

    public void Reset()
    {
        lock (_sync)
        {
            _nanoseconds.Reset();
        }
    }

    // A TimeSpan would round to 100 ns, longer than most look-ups take.
    private long NanosecondsBetween(long begin, long end) => (long)((end - begin) * (1e9 / _timeProvider.TimestampFrequency));
}
