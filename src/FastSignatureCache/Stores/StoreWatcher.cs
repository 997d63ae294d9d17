using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Stores;

/// <summary>Takes out of memory what other processes remove from the store.</summary>
internal sealed partial class StoreWatcher : IAsyncDisposable
{
    private readonly SignatureCache _memory;
    private readonly ISharedSignatureStore _store;
    private readonly TieredSignatureCacheOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly LoadTracker _tracker;
    private readonly StoreCounters _counters;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;

    public StoreWatcher(
        SignatureCache memory, ISharedSignatureStore store, TieredSignatureCacheOptions options, TimeProvider timeProvider,
        LoadTracker tracker, StoreCounters counters, ILogger logger)
    {
        _memory = memory;
        _store = store;
        _options = options;
        _timeProvider = timeProvider;
        _tracker = tracker;
        _counters = counters;
        _logger = logger;
        _loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);

        // What does not end after it was cancelled must not hold up a host that stops.
        await _loop.WaitAsync(_options.ReadTimeout, _timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await foreach (var removal in _store.WatchRemovalsAsync(_ending.Token).WithCancellation(_ending.Token).ConfigureAwait(false))
                {
                    _memory.Follow(removal, _tracker);
                }
            }
            catch (Exception failure) when (!_ending.IsCancellationRequested)
            {
                // No sign for requests: they don't wait for this. What is missed meanwhile goes when its time to live ends.
                _counters.CountFailure();
                LogFailed(_logger, failure);
            }
            catch (Exception)
            {
                return;
            }

            await Task.Delay(_options.ProbeInterval, _timeProvider, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(16, LogLevel.Debug, "Watching what others remove from the store failed; it is begun again at the next interval.")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
