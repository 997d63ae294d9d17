namespace FastSignatureCache.Expiration;

/// <summary>
/// A periodic timer that doesn't keep its target alive: when the target was collected without having been disposed of, the timer finds
/// out at its next tick and ends itself.
/// </summary>
/// <typeparam name="T">The target.</typeparam>
internal sealed class WeakTimer<T> : IDisposable
    where T : class
{
    private readonly WeakReference<T> _target;
    private readonly Action<T> _onTick;
    private readonly ITimer _timer;

    /// <param name="target">What the ticks are for.</param>
    /// <param name="onTick">Called at each tick. Must be static, or it would hold the target, and must not throw.</param>
    /// <param name="timeProvider">The source of ticks.</param>
    /// <param name="period">The time between ticks.</param>
    public WeakTimer(T target, Action<T> onTick, TimeProvider timeProvider, TimeSpan period)
    {
        _target = new WeakReference<T>(target);
        _onTick = onTick;

        _timer = CreateStopped(timeProvider);

        // Started only when the field is set: a tick must find the timer that it may have to end.
        _timer.Change(period, period);
    }

    public void Dispose() => _timer.Dispose();

    private ITimer CreateStopped(TimeProvider timeProvider)
    {
        // Otherwise the timer would carry its creator's async locals, and everything they refer to, for as long as it lives.
        if (!ExecutionContext.IsFlowSuppressed())
        {
            using var flow = ExecutionContext.SuppressFlow();
            return CreateStopped(timeProvider);
        }

        return timeProvider.CreateTimer(
            static self => ((WeakTimer<T>)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        if (_target.TryGetTarget(out var target))
        {
            _onTick(target);
        }
        else
        {
            _timer.Dispose();
        }
    }
}
