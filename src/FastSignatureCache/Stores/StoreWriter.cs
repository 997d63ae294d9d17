using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Stores;

/// <summary>
/// Carries every change of the memory to the store: in order, through one bounded queue and one loop that writes what is waiting as one
/// batch. Thread-safe.
/// </summary>
/// <remarks>
/// The next batch never begins before the last one has ended, even when that takes longer than the timeout: a put that arrives late must
/// not undo a later removal. A store that does not end an operation after it was cancelled holds up the loop, and nobody else.
/// </remarks>
internal sealed partial class StoreWriter : ICacheJournal, IAsyncDisposable
{
    // Nobody's: it removes what isn't there.
    private static readonly StoreChange[] Probe =
        [new(0, new SignatureKey("FastSignatureCache probes its store", "probe", "probe"), Removes: true, null)];

    private readonly ISignatureStore _store;
    private readonly TieredSignatureCacheOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly LoadTracker _tracker;
    private readonly StoreCounters _counters;
    private readonly ILogger _logger;
    private readonly CommitWaiters _waiters;
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;

    // The bounds, in changes and in bytes, are kept by whoever adds: a bounded channel knows only the first.
    private readonly Channel<StoreChange> _queue = Channel.CreateUnbounded<StoreChange>();
    private TaskCompletionSource? _batchIsFull;
    private long _lastSequence;
    private long _queuedBytes;
    private int _queuedChanges;

    public StoreWriter(
        ISignatureStore store, TieredSignatureCacheOptions options, TimeProvider timeProvider, LoadTracker tracker,
        StoreCounters counters, ILogger logger)
    {
        _store = store;
        _options = options;
        _patience = options.ProbeInterval > options.WriteTimeout ? options.ProbeInterval : options.WriteTimeout;
        _timeProvider = timeProvider;
        _tracker = tracker;
        _counters = counters;
        _logger = logger;
        Health = new StoreHealth("Writing to", counters, logger);
        _waiters = new CommitWaiters(Health);
        _loop = Task.Run(RunAsync);
    }

    public StoreHealth Health { get; }

    public void OnPut(CachedSignature entry, bool isReplacement) => Enqueue(entry.Key, isReplacement, entry);

    public void OnRemoved(in SignatureKey key) => Enqueue(key, removes: true, null);

    public void OnCleared() => Enqueue(default, removes: true, null);

    public void OnEvicted(in SignatureKey key) => _tracker.OnEvicted(key);

    /// <summary>Waits for all that was queued before, where the settings ask for it.</summary>
    public ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (_options.Durability == StoreDurability.WrittenBehind)
        {
            return ValueTask.CompletedTask;
        }

        var committed = _waiters.WaitAsync(Volatile.Read(ref _lastSequence));
        return committed.IsCompleted ? ValueTask.CompletedTask : new(WaitAsync(committed, cancellationToken));
    }

    /// <summary>Writes what is queued and ends the loop. Later changes go nowhere.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ending.CancelAsync().ConfigureAwait(false);
        try
        {
            await _loop.WaitAsync(_options.DisposalTimeout, _timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Abandon([]);
        }

        _waiters.Commit(long.MaxValue);
    }

    private async Task WaitAsync(Task committed, CancellationToken cancellationToken)
    {
        try
        {
            await committed.WaitAsync(_options.WriteTimeout, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The answer goes on. Whether the store is in trouble is for the batch to say.
        }
    }

    // Under the cache's write lock: one at a time, and in order.
    private void Enqueue(in SignatureKey key, bool removes, CachedSignature? entry)
    {
        var change = new StoreChange(_lastSequence + 1, key, removes, entry);
        _tracker.OnQueued(change);
        Interlocked.Add(ref _queuedBytes, change.Bytes);
        var queued = Interlocked.Increment(ref _queuedChanges);
        if (!_queue.Writer.TryWrite(change))
        {
            // Disposed of.
            _tracker.OnSettled(change);
            return;
        }

        Volatile.Write(ref _lastSequence, change.Sequence);
        if (queued >= _options.MaxBatchSize)
        {
            Volatile.Read(ref _batchIsFull)?.TrySetResult();
        }

        while ((Volatile.Read(ref _queuedChanges) > _options.MaxQueuedChanges
                || (Volatile.Read(ref _queuedBytes) > _options.MaxQueuedBytes && Volatile.Read(ref _queuedChanges) > 1))
            && TryDequeue(out var oldest))
        {
            _counters.CountDrops(1);
            _tracker.OnSettled(oldest);
        }
    }

    private bool TryDequeue(out StoreChange change)
    {
        if (!_queue.Reader.TryRead(out change))
        {
            return false;
        }

        Interlocked.Decrement(ref _queuedChanges);
        Interlocked.Add(ref _queuedBytes, -change.Bytes);
        return true;
    }

    private async Task RunAsync()
    {
        var batch = new List<StoreChange>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (_options.Durability == StoreDurability.WrittenBehind)
            {
                await GatherAsync().ConfigureAwait(false);
            }

            Fill(batch);
            while (batch.Count > 0 && !await TryWriteAsync(batch).ConfigureAwait(false))
            {
                if (_ending.IsCancellationRequested)
                {
                    Abandon(batch);
                    return;
                }

                await DelayAsync(_options.ProbeInterval, _ending.Token).ConfigureAwait(false);
                Fill(batch);
            }

            if (batch.Count > 0)
            {
                _waiters.Commit(batch[^1].Sequence);
                Settle(batch);
            }

            await ProbeAsync().ConfigureAwait(false);
        }
    }

    // What was written at last was written slowly. Unless more is waiting, somebody has to find out when that is over.
    private async Task ProbeAsync()
    {
        while (Health.IsDegraded && Volatile.Read(ref _queuedChanges) == 0 && !_ending.IsCancellationRequested)
        {
            await DelayAsync(_options.ProbeInterval, _ending.Token).ConfigureAwait(false);
            await TryWriteAsync(Probe).ConfigureAwait(false);
        }
    }

    private void Fill(List<StoreChange> batch)
    {
        while (batch.Count < _options.MaxBatchSize && TryDequeue(out var change))
        {
            batch.Add(change);
        }
    }

    // Until the delay is over, or there is a whole batch.
    private async Task GatherAsync()
    {
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _batchIsFull, full);
        if (Volatile.Read(ref _queuedChanges) < _options.MaxBatchSize)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            await Task.WhenAny(DelayAsync(_options.WriteDelay, enough.Token), full.Task).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
        }

        Volatile.Write(ref _batchIsFull, null);
    }

    // In trouble nobody waits, and there may be much to catch up with: a batch may take longer then. But only a quick one that leaves less than
    // another ends the trouble, so that neither a store that stays slow nor what is still queued costs anybody anything.
    private async Task<bool> TryWriteAsync(IEnumerable<StoreChange> batch)
    {
        var began = _timeProvider.GetTimestamp();
        using var timeout = new CancellationTokenSource(Health.IsDegraded ? _patience : _options.WriteTimeout, _timeProvider);
        var hasTimedOut = false;
        try
        {
            // Ended before anything else is said: it must not report a timeout after the success.
            var onTimeout = timeout.Token.Register(OnTimeout);
            await using (onTimeout.ConfigureAwait(false))
            {
                await new StoreBatch(batch).WriteAsync(_store, timeout.Token).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            if (!timeout.IsCancellationRequested)
            {
                Fail(failure);
            }
            else if (!hasTimedOut)
            {
                // A store that ends at once when it is cancelled is here before the callback, which is then taken back.
                OnTimeout();
            }

            return false;
        }

        if (_timeProvider.GetElapsedTime(began) <= _options.WriteTimeout && Volatile.Read(ref _queuedChanges) < _options.MaxBatchSize)
        {
            Health.Succeed();
        }

        return true;

        void OnTimeout()
        {
            hasTimedOut = true;
            Fail(new TimeoutException("The store takes too long to write."));
        }
    }

    // Nobody waits any longer for what may take long: the answers go on.
    private void Fail(Exception failure)
    {
        Health.Fail(failure);
        _waiters.Release();
    }

    private void Settle(List<StoreChange> batch)
    {
        foreach (var change in batch)
        {
            _tracker.OnSettled(change);
        }

        batch.Clear();
    }

    private void Abandon(List<StoreChange> batch)
    {
        while (TryDequeue(out var change))
        {
            batch.Add(change);
        }

        if (batch.Count > 0)
        {
            _counters.CountDrops(batch.Count);
            LogAbandoned(_logger, batch.Count);
            Settle(batch);
        }
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        await Task.Delay(delay, _timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(13, LogLevel.Error, "{Count} changes did not reach the signature store before the cache was disposed of.")]
    private static partial void LogAbandoned(ILogger logger, int count);
}
