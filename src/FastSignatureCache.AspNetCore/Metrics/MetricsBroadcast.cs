using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FastSignatureCache.AspNetCore.Metrics;

/// <summary>
/// Takes a snapshot a second, for all viewers together, and only while somebody looks. A viewer that is slow skips snapshots and holds nobody up.
/// </summary>
internal sealed class MetricsBroadcast : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<Channel<SseItem<string>>> _viewers = [];
    private readonly ISignatureCache _cache;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationToken _stopping;
    private readonly ITimer _timer;

    public MetricsBroadcast(ISignatureCache cache, IServiceProvider services)
    {
        _cache = cache;
        _timeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System;
        _stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        _timer = _timeProvider.CreateTimer(static self => ((MetricsBroadcast)self!).Publish(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The snapshots from now on, the first one at once. It ends when the viewer goes or the host stops.</summary>
    public async IAsyncEnumerable<SseItem<string>> SubscribeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A stream that outlives the stop would hold it up.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
        var viewer = Channel.CreateBounded<SseItem<string>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        viewer.Writer.TryWrite(Snapshot());
        Add(viewer);
        try
        {
            while (await HasMoreAsync(viewer.Reader, ending.Token).ConfigureAwait(false))
            {
                while (viewer.Reader.TryRead(out var snapshot))
                {
                    yield return snapshot;
                }
            }
        }
        finally
        {
            Remove(viewer);
        }
    }

    public void Dispose() => _timer.Dispose();

    private static async ValueTask<bool> HasMoreAsync(ChannelReader<SseItem<string>> snapshots, CancellationToken cancellationToken)
    {
        try
        {
            return await snapshots.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Add(Channel<SseItem<string>> viewer)
    {
        lock (_lock)
        {
            _viewers.Add(viewer);
            if (_viewers.Count == 1)
            {
                _timer.Change(Interval, Interval);
            }
        }
    }

    private void Remove(Channel<SseItem<string>> viewer)
    {
        lock (_lock)
        {
            _viewers.Remove(viewer);
            if (_viewers.Count == 0)
            {
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Publish()
    {
        var snapshot = Snapshot();
        lock (_lock)
        {
            foreach (var viewer in _viewers)
            {
                viewer.Writer.TryWrite(snapshot);
            }
        }
    }

    private SseItem<string> Snapshot() => new(
        JsonSerializer.Serialize(_cache.GetMetrics(), EndpointJsonContext.Default.SignatureCacheMetrics), "metrics")
    {
        // What rates are computed with: when a snapshot arrives depends on the network.
        EventId = _timeProvider.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
        ReconnectionInterval = Retry,
    };
}
