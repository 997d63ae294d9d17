using System.Collections.Concurrent;

namespace FastSignatureCache.Renewal;

/// <summary>Entries with a renewed expiry that the store has still to hear of. Thread-safe.</summary>
/// <remarks>
/// A look-up takes no lock, but the store must hear of changes in their order and of nothing that was removed. So a look-up only leaves the entry
/// here, and a thread of the pool takes the cache's write lock for many of them at once. Each entry comes once in half a life, so there are never more than
/// a few times as many as the cache holds. Adding allocates nothing, but for the queue's growth.
/// </remarks>
/// <param name="tell">Tells of some entries.</param>
internal sealed class RenewedEntries(Action<IReadOnlyList<CachedSignature>> tell) : IThreadPoolWorkItem
{
    // So many that the lock is seldom taken, so few that no writer waits long.
    private const int MaxAtOnce = 256;

    private readonly ConcurrentQueue<CachedSignature> _waiting = new();
    private bool _isScheduled;

    public void Add(CachedSignature entry)
    {
        _waiting.Enqueue(entry);
        if (!Interlocked.Exchange(ref _isScheduled, true))
        {
            // It carries nobody's async locals, and allocates nothing.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Tells of all that wait, now and on this thread.</summary>
    public void Execute()
    {
        // First: whoever adds from here on schedules again.
        Interlocked.Exchange(ref _isScheduled, false);
        var entries = new List<CachedSignature>();
        do
        {
            entries.Clear();
            while (entries.Count < MaxAtOnce && _waiting.TryDequeue(out var entry))
            {
                entries.Add(entry);
            }

            tell(entries);
        }
        while (entries.Count == MaxAtOnce);
    }
}
