using FastSignatureCache.AspNetCore.Metrics;
using FastSignatureCache.AspNetCore.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.AspNetCore.Tests.Metrics;

public sealed class MetricsBroadcastTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly FakeSignatureCache _cache;
    private readonly MetricsBroadcast _broadcast;

    public MetricsBroadcastTests()
    {
        _cache = new FakeSignatureCache(_clock);
        _broadcast = new MetricsBroadcast(_cache, new ServiceCollection().AddSingleton<TimeProvider>(_clock).BuildServiceProvider());
    }

    [Fact]
    public async Task All_viewers_share_one_snapshot_a_second_and_without_viewers_there_is_none()
    {
        var one = _broadcast.SubscribeAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var other = _broadcast.SubscribeAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await one.MoveNextAsync();
        await other.MoveNextAsync();
        Assert.Equal(2, _cache.Snapshots);

        _clock.Advance(Second);
        await one.MoveNextAsync();
        await other.MoveNextAsync();
        Assert.Equal(3, _cache.Snapshots);
        Assert.Same(one.Current.Data, other.Current.Data);

        await one.DisposeAsync();
        await other.DisposeAsync();
        _clock.Advance(10 * Second);
        Assert.Equal(3, _cache.Snapshots);
    }

    [Fact]
    public async Task A_viewer_that_is_slow_gets_the_newest_snapshot()
    {
        await using var viewer = _broadcast.SubscribeAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await viewer.MoveNextAsync();
        var first = viewer.Current;

        _clock.Advance(100 * Second);
        await viewer.MoveNextAsync();

        Assert.Equal(100_000, long.Parse(viewer.Current.EventId!, null) - long.Parse(first.EventId!, null));
    }

    public void Dispose()
    {
        _broadcast.Dispose();
        _cache.Dispose();
    }
}
