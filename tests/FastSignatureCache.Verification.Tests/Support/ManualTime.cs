namespace FastSignatureCache.Verification.Support;

/// <summary>A clock in whole seconds that only its user advances, from any thread. It has no timers.</summary>
/// <param name="yields">
/// Whether a thread that asks for the time gives up its processor now and then. The cache asks between seeing an entry and judging it, and
/// before it takes its lock: where another thread's interference matters most, and where few processors would hardly ever let one in.
/// </param>
internal sealed class ManualTime(bool yields = false) : TimeProvider
{
    private const int YieldOnceIn = 4;

    private int _seconds;

    public int Now => Volatile.Read(ref _seconds);

    public static int SecondsOf(DateTimeOffset time) => (int)(time - DateTimeOffset.UnixEpoch).TotalSeconds;

    public void Advance(int seconds) => Interlocked.Add(ref _seconds, seconds);

    public override DateTimeOffset GetUtcNow()
    {
        var now = DateTimeOffset.UnixEpoch.AddSeconds(Now);
        if (yields && Random.Shared.Next(YieldOnceIn) == 0)
        {
            Thread.Yield();
        }

        return now;
    }
}
