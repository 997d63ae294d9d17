namespace FastSignatureCache.Verification.Support;

/// <summary>A clock in ticks of 100 ns, the engine's own, that only its user advances, from any thread. It has no timers.</summary>
/// <param name="yields">
/// Whether a thread that asks for the time gives up its processor now and then. The cache asks between seeing an entry and judging it, and
/// before it takes its lock: where another thread's interference matters most, and where few processors would hardly ever let one in.
/// </param>
internal sealed class ManualTime(bool yields = false) : TimeProvider
{
    private const int YieldOnceIn = 4;

    private int _ticks;

    public int Now => Volatile.Read(ref _ticks);

    public static int TicksOf(DateTimeOffset time) => (int)(time - DateTimeOffset.UnixEpoch).Ticks;

    public void Advance(int ticks) => Interlocked.Add(ref _ticks, ticks);

    public override DateTimeOffset GetUtcNow()
    {
        var now = DateTimeOffset.UnixEpoch.AddTicks(Now);
        if (yields && Random.Shared.Next(YieldOnceIn) == 0)
        {
            Thread.Yield();
        }

        return now;
    }
}
