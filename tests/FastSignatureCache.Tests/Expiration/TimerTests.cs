using System.Runtime.CompilerServices;
using FastSignatureCache.Expiration;
using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace FastSignatureCache.Tests.Expiration;

[Collection(nameof(NothingElseRuns))]
public class TimerTests
{
    private static readonly SignatureCacheOptions Options = new()
    {
        TimeToLive = TimeSpan.FromMinutes(10),
        CleanupInterval = TimeSpan.FromMinutes(1),
    };

    private readonly HookedTimeProvider _time = new();
    private readonly FakeLogger<SignatureCache> _logger = new();

    [Fact]
    public void Expired_entries_are_removed_in_the_background()
    {
        using var cache = new SignatureCache(Options, _time, _logger);
        cache.Put(Signatures.Key(1), Signatures.Thought(1));
        cache.Put(Signatures.Key(2), Signatures.Thought(2));

        _time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal((0, 0L), (cache.Count, cache.EstimatedBytes));
        Assert.Equal(2, cache.GetMetrics().Expirations);
        var record = Assert.Single(_logger.Collector.GetSnapshot());
        Assert.Equal((LogLevel.Debug, "Removed 2 expired entries, 0 are left"), (record.Level, record.Message));
    }

    [Fact]
    public void Infinite_interval_leaves_expired_entries_until_they_are_asked_for()
    {
        using var cache = new SignatureCache(
            new() { TimeToLive = TimeSpan.FromMinutes(10), CleanupInterval = Timeout.InfiniteTimeSpan }, _time);
        cache.Put(Signatures.Key(1), Signatures.Thought(1));

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal((1, 0), (cache.Count, _time.LiveTimers));
    }

    [Fact]
    public void Failure_in_the_background_is_logged_and_does_not_escape()
    {
        using var cache = new SignatureCache(Options, _time, _logger);
        cache.Put(Signatures.Key(1), Signatures.Thought(1));
        _time.OnAsked = () => throw new InvalidOperationException("the clock has stopped");

        _time.Advance(TimeSpan.FromMinutes(1));

        _time.OnAsked = null;
        var record = Assert.Single(_logger.Collector.GetSnapshot());
        Assert.Equal(LogLevel.Error, record.Level);
        Assert.IsType<InvalidOperationException>(record.Exception);

        // And the next interval tries again.
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Dispose_stops_all_timers()
    {
        var cache = new SignatureCache(Options, _time, null, hasCoarseClock: true);
        Assert.Equal(2, _time.LiveTimers);

        cache.Dispose();

        Assert.Equal(0, _time.LiveTimers);
    }

    [Fact]
    public void Cache_that_is_not_disposed_can_be_collected_and_its_timers_end()
    {
        var cache = CreateAndForget();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(cache.IsAlive);
        Assert.Equal(2, _time.LiveTimers);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _time.LiveTimers);
    }

    [Fact]
    public void Timers_hold_none_of_their_creators_async_locals()
    {
        var local = new AsyncLocal<object?>();
        var held = CreateHolding(local);
        local.Value = null;

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(held.Value.IsAlive);
        held.Cache.Dispose();
    }

    [Fact]
    public void Cache_can_be_created_while_the_flow_of_async_locals_is_suppressed()
    {
        using (ExecutionContext.SuppressFlow())
        {
            new SignatureCache(Options, _time).Dispose();
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }

        Assert.False(ExecutionContext.IsFlowSuppressed());
    }

    [Fact]
    public void Coarse_clock_is_exact_near_an_expiry_and_spares_the_question_far_from_it()
    {
        using var clock = new CoarseClock(_time, isCoarse: true);
        var asked = 0;
        _time.OnAsked = () => asked++;
        var expiry = _time.GetUtcNow().UtcTicks + TimeSpan.FromMinutes(1).Ticks;
        asked = 0;

        Assert.False(clock.HasPassed(expiry));
        Assert.Equal(0, asked);

        _time.Advance(TimeSpan.FromSeconds(30));
        asked = 0;
        Assert.False(clock.HasPassed(expiry));
        Assert.Equal(1, asked);

        _time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Assert.False(clock.HasPassed(expiry));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(clock.HasPassed(expiry));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference CreateAndForget()
    {
        var cache = new SignatureCache(Options, _time, null, hasCoarseClock: true);
        cache.Put(Signatures.Key(1), Signatures.Thought(1));
        return new WeakReference(cache);
    }

    // On the system's clock: its timers are the ones that would carry the context.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Value, SignatureCache Cache) CreateHolding(AsyncLocal<object?> local)
    {
        var value = new object();
        local.Value = value;
        return (new WeakReference(value), new SignatureCache());
    }
}
