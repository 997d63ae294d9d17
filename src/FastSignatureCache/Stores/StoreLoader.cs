using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Stores;

/// <summary>
/// Brings what the store has into memory: a conversation when it is asked for, and at the start whatever fits. Thread-safe.
/// </summary>
internal sealed class StoreLoader : IAsyncDisposable
{
    // Nobody's: a probe asks for what isn't there.
    private const string ProbedConversation = "FastSignatureCache probes its store";

    private readonly SignatureCache _memory;
    private readonly ISignatureStore _store;
    private readonly TieredSignatureCacheOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly LoadTracker _tracker;
    private readonly StoreCounters _counters;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _sync = new();
    private readonly Dictionary<string, Task> _loading = [];
    private readonly Task _warming = Task.CompletedTask;
    private Task _probing = Task.CompletedTask;
    private bool _isProbing;

    public StoreLoader(
        SignatureCache memory, ISignatureStore store, TieredSignatureCacheOptions options, TimeProvider timeProvider,
        LoadTracker tracker, StoreCounters counters, ILogger logger)
    {
        _memory = memory;
        _store = store;
        _options = options;
        _timeProvider = timeProvider;
        _tracker = tracker;
        _counters = counters;
        Health = new StoreHealth("Reading from", counters, logger);
        if (options.WarmsUp)
        {
            _warming = Task.Run(WarmAsync);
        }
    }

    public StoreHealth Health { get; }

    public ValueTask PrefetchAsync(string conversationId, CancellationToken cancellationToken) =>
        _tracker.IsKnown(conversationId) || Health.IsDegraded || _ending.IsCancellationRequested
            ? ValueTask.CompletedTask
            : new(ShareLoad(conversationId).WaitAsync(cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        Task ended;
        lock (_sync)
        {
            ended = Task.WhenAll([_warming, _probing, .. _loading.Values]);
        }

        // What does not end after it was cancelled must not hold up a host that stops.
        await ended.WaitAsync(_options.ReadTimeout, _timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task ShareLoad(string conversationId)
    {
        if (_store is ISharedSignatureStore)
        {
            // A load that began earlier may have missed what another machine has written since.
            return LoadAsync(conversationId);
        }

        lock (_sync)
        {
            if (!_loading.TryGetValue(conversationId, out var load))
            {
                load = LoadAsync(conversationId);
                if (!load.IsCompleted)
                {
                    _loading.Add(conversationId, load);
                }
            }

            return load;
        }
    }

    private async Task LoadAsync(string conversationId)
    {
        var load = _tracker.Begin(conversationId);
        var isWhole = false;
        try
        {
            _counters.CountLoad();
            var found = await ReadAsync(conversationId).ConfigureAwait(false);
            foreach (var stored in found.OrderBy(static stored => stored.CreatedAt))
            {
                if (stored.Key.ConversationId == conversationId && _memory.Verify(stored) is { } entry)
                {
                    _memory.TryRestore(entry, load, mayEvict: true);
                }
                else
                {
                    _counters.CountRefusal();
                }
            }

            isWhole = true;
            Health.Succeed();
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
        finally
        {
            _tracker.End(load, isWhole);
            lock (_sync)
            {
                _loading.Remove(conversationId);
            }
        }
    }

    // On a thread of its own until it is known whether the store blocks: the timeout must hold for that too.
    private async Task<IReadOnlyList<StoredSignature>> ReadAsync(string conversationId)
    {
        using var timeout = new CancellationTokenSource(_options.ReadTimeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _ending.Token);
        var token = either.Token;
        var reading = Task.Run(() => _store.GetAsync([conversationId], token).AsTask(), token);
        try
        {
            return await reading.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            _ = reading.ContinueWith(
                static late => late.Exception, default, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new TimeoutException("The store takes too long to read.");
        }
    }

    private async Task WarmAsync()
    {
        var load = _tracker.Begin(null);
        var isWhole = false;
        try
        {
            isWhole = await FillAsync(load).ConfigureAwait(false);
            Health.Succeed();
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
        finally
        {
            _tracker.End(load, isWhole);
        }
    }

    // False when memory is full before the store is at its end.
    private async Task<bool> FillAsync(StoreLoad load)
    {
        await foreach (var stored in _store.GetNewestAsync(_ending.Token).WithCancellation(_ending.Token).ConfigureAwait(false))
        {
            if (_memory.Verify(stored) is not { } entry)
            {
                _counters.CountRefusal();
            }
            else if (!_memory.TryRestore(entry, load, mayEvict: false))
            {
                return false;
            }
        }

        return true;
    }

    private void Fail(Exception failure)
    {
        if (_ending.IsCancellationRequested)
        {
            return;
        }

        Health.Fail(failure);
        lock (_sync)
        {
            if (!_isProbing)
            {
                _isProbing = true;
                _probing = ProbeAsync();
            }
        }
    }

    // In the background, so that no request is the one that waits for a store that is still down.
    private async Task ProbeAsync()
    {
        while (true)
        {
            await Task.Delay(_options.ProbeInterval, _timeProvider, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ending.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await ReadAsync(ProbedConversation).ConfigureAwait(false);
                Health.Succeed();
            }
            catch (Exception failure)
            {
                Health.Fail(failure);
            }

            lock (_sync)
            {
                // Who fails from here on finds that nobody probes.
                if (!Health.IsDegraded)
                {
                    _isProbing = false;
                    return;
                }
            }
        }
    }
}
