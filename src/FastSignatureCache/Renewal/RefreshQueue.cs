using FastSignatureCache.Packing;

namespace FastSignatureCache.Renewal;

/// <summary>
/// Asks the refresher for fresh signatures in the background: for each signature once at a time, a few at a time, and the others wait, up to a bound.
/// Thread-safe.
/// </summary>
/// <param name="refresher">Whoever knows how to get one.</param>
/// <param name="maxConcurrent">The most calls at one time.</param>
/// <param name="maxQueued">The most that wait.</param>
/// <param name="take">Takes in what is to take the place of an entry's signature, or says that it can't be used.</param>
/// <param name="onFailed">Told whose refresh failed, and the exception if there was one. Must not throw.</param>
/// <param name="onEnded">Told, last of all, that a refresh has ended, and whether well. Must not throw.</param>
internal sealed class RefreshQueue(
    ISignatureRefresher refresher,
    int maxConcurrent,
    int maxQueued,
    Func<CachedSignature, string, bool> take,
    Action<CachedSignature, Exception?> onFailed,
    Action<bool> onEnded) : IDisposable
{
    private readonly Lock _sync = new();
    private readonly CancellationTokenSource _ending = new();

    // By the signature itself, which is the same under all of its names.
    private readonly HashSet<PackedSignature> _inFlight = [];
    private readonly Queue<CachedSignature> _waiting = new();
    private int _running;
    private bool _isDisposed;

    /// <summary>Has a signature refreshed, unless that is on its way or there is no place. O(length) under a lock that is never held for long.</summary>
    public void Request(CachedSignature entry)
    {
        lock (_sync)
        {
            if (_isDisposed || _inFlight.Count >= maxConcurrent + maxQueued || !_inFlight.Add(entry.Packed))
            {
                return;
            }

            _waiting.Enqueue(entry);
            if (_running == maxConcurrent)
            {
                return;
            }

            _running++;
        }

        // Never on the look-up's thread, and without its async locals.
        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.RunAsync(), this, preferLocal: false);
    }

    /// <summary>Cancels what is under way, and forgets what waits.</summary>
    public void Dispose()
    {
        lock (_sync)
        {
            _isDisposed = true;
            _waiting.Clear();
        }

        _ending.Cancel();
    }

    private async Task RunAsync()
    {
        while (TryTake(out var entry))
        {
            var isRefreshed = false;
            Exception? failure = null;
            try
            {
                isRefreshed = await refresher.RefreshAsync(entry, _ending.Token).ConfigureAwait(false) is { } fresh && take(entry, fresh);
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            if (!isRefreshed)
            {
                onFailed(entry, failure);
            }

            // Only now: until the fresh one is in its place, nobody needs another.
            lock (_sync)
            {
                _inFlight.Remove(entry.Packed);
            }

            onEnded(isRefreshed);
        }
    }

    private bool TryTake(out CachedSignature entry)
    {
        lock (_sync)
        {
            if (_waiting.TryDequeue(out entry!))
            {
                return true;
            }

            _running--;
            return false;
        }
    }
}
