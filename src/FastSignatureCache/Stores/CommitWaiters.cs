namespace FastSignatureCache.Stores;

/// <summary>Those who wait for changes to reach the store, by the number of the last change that they wait for. Thread-safe.</summary>
/// <param name="health">Nobody waits for a store in trouble.</param>
internal sealed class CommitWaiters(StoreHealth health)
{
    private readonly Lock _sync = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private long _committed;

    /// <summary>Completes when the change and all before it are committed, or nobody can say when that will be.</summary>
    public Task WaitAsync(long sequence)
    {
        lock (_sync)
        {
            if (_committed >= sequence || health.IsDegraded)
            {
                return Task.CompletedTask;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter, sequence);
            return waiter.Task;
        }
    }

    /// <summary>All changes up to this one are committed, or were dropped.</summary>
    public void Commit(long sequence)
    {
        lock (_sync)
        {
            _committed = sequence;
            ReleaseUpTo(sequence);
        }
    }

    /// <summary>Lets everybody go.</summary>
    public void Release()
    {
        lock (_sync)
        {
            ReleaseUpTo(long.MaxValue);
        }
    }

    private void ReleaseUpTo(long sequence)
    {
        while (_waiting.TryPeek(out var waiter, out var wanted) && wanted <= sequence)
        {
            _waiting.Dequeue();
            waiter.SetResult();
        }
    }
}
