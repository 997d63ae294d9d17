namespace FastSignatureCache.Expiration;

/// <summary>A clock that look-ups can afford: it mostly answers from a field that a timer advances.</summary>
/// <remarks>
/// <para>
/// Asking the operating system for the time costs more than the rest of a look-up. But a time to live has days, and all that a look-up
/// needs to know is whether it has passed. While the coarse time is further from it than <see cref="Margin"/>, it has not; nearer than
/// that, the exact time decides. So an entry expires at exactly its time, provided that the timer is less than the margin late.
/// </para>
/// <para>
/// Only the system's clock is read coarsely. Another <see cref="TimeProvider"/> is asked each time: its time may jump (a test's does)
/// without its timers knowing. Thread-safe.
/// </para>
/// </remarks>
internal sealed class CoarseClock : IDisposable
{
    /// <summary>How often the coarse time advances.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How near to an expiry the exact time is asked. Thirty intervals: a starved thread pool may delay a timer by seconds.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    // So far ahead that every expiry is near: the exact clock is always asked.
    private const long AlwaysExact = long.MaxValue / 2;

    private static readonly long MarginTicks = Margin.Ticks;

    private readonly TimeProvider _timeProvider;
    private readonly WeakTimer<CoarseClock>? _timer;
    private long _coarseTicks = AlwaysExact;

    public CoarseClock(TimeProvider timeProvider, bool isCoarse)
    {
        _timeProvider = timeProvider;
        if (isCoarse)
        {
            Advance();
            _timer = new WeakTimer<CoarseClock>(this, static clock => clock.Advance(), timeProvider, Interval);
        }
    }

    /// <summary>The exact UTC time, in ticks of 100 ns.</summary>
    public long NowTicks => _timeProvider.GetUtcNow().UtcTicks;

    /// <summary>Whether the moment has come.</summary>
    /// <param name="ticks">UTC, in ticks of 100 ns.</param>
    public bool HasPassed(long ticks) => ticks - Volatile.Read(ref _coarseTicks) <= MarginTicks && NowTicks >= ticks;

    /// <summary>Stops the timer, and with it the coarse time.</summary>
    public void Dispose() => _timer?.Dispose();

    private void Advance() => Volatile.Write(ref _coarseTicks, NowTicks);
}
