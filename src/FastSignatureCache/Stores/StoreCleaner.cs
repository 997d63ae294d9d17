using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Stores;

/// <summary>Tells the store at an interval to remove what has expired.</summary>
internal sealed partial class StoreCleaner : IAsyncDisposable
{
    private readonly ISignatureStore _store;
    private readonly StoreCounters _counters;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _patience;
    private readonly PeriodicTimer _timer;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;

    public StoreCleaner(
        ISignatureStore store, TieredSignatureCacheOptions options, TimeProvider timeProvider, StoreCounters counters, ILogger logger)
    {
        _timeProvider = timeProvider;
        _patience = options.ReadTimeout;
        _store = store;
        _counters = counters;
        _logger = logger;
        _timer = new PeriodicTimer(options.CleanupInterval, timeProvider);
        _loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _ending.CancelAsync().ConfigureAwait(false);

        // What does not end after it was cancelled must not hold up a host that stops.
        await _loop.WaitAsync(_patience, _timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            try
            {
                var removed = await _store.RemoveExpiredAsync(_ending.Token).ConfigureAwait(false);
                LogRemoved(_logger, removed);
            }
            catch (Exception failure) when (!_ending.IsCancellationRequested)
            {
                // No sign for requests: they neither wait for this nor need it.
                _counters.CountFailure();
                LogFailed(_logger, failure);
            }
            catch (Exception)
            {
                return;
            }
        }
    }

    [LoggerMessage(14, LogLevel.Debug, "Removed {Removed} expired signatures from the store.")]
    private static partial void LogRemoved(ILogger logger, long removed);

    [LoggerMessage(15, LogLevel.Debug, "Removing expired signatures from the store failed; it is tried again at the next interval.")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
