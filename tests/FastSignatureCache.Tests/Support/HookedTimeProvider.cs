using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests.Support;

/// <summary>A fake clock that can act, or fail, at the very moment it is asked; and that knows how many of its timers are left.</summary>
internal sealed class HookedTimeProvider : FakeTimeProvider
{
    private int _liveTimers;

    /// <summary>Called each time the clock is asked, but for questions that it causes itself.</summary>
    public Action? OnAsked { get; set; }

    public int LiveTimers => _liveTimers;

    public override DateTimeOffset GetUtcNow()
    {
        var hook = OnAsked;
        OnAsked = null;
        hook?.Invoke();
        OnAsked ??= hook;
        return base.GetUtcNow();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _liveTimers);
        return new CountedTimer(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class CountedTimer(HookedTimeProvider owner, ITimer inner) : ITimer
    {
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _disposed, true))
            {
                Interlocked.Decrement(ref owner._liveTimers);
            }

            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
