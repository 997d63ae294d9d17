using FastSignatureCache.Bench.Contenders;

namespace FastSignatureCache.Bench.LockedLru;

/// <summary>
/// The design that the engine replaces: a dictionary by joined key, a linked list in the order of use, a reader-writer lock around both,
/// and locked metrics.
/// </summary>
internal sealed class LockedLruCache(int capacity) : IDisposable
{
    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.NoRecursion);
    private readonly Dictionary<string, LinkedListNode<KeyValuePair<string, PeerEntry>>> _nodes = [];
    private readonly LinkedList<KeyValuePair<string, PeerEntry>> _order = new();
    private readonly LockedMetrics _metrics = new();

    public int Count
    {
        get
        {
            _lock.EnterReadLock();
            try
            {
                return _nodes.Count;
            }
            finally
            {
                _lock.ExitReadLock();
            }
        }
    }

    public (long Hits, long Misses, long Evictions) Metrics => _metrics.Snapshot();

    /// <summary>Finds an entry and makes it the most recently used.</summary>
    public PeerEntry? Find(string key)
    {
        var entry = FindAndTouch(key);
        if (entry is null)
        {
            _metrics.CountMiss();
        }
        else
        {
            _metrics.CountHit();
        }

        return entry;
    }

    public void Put(string key, PeerEntry entry)
    {
        _lock.EnterWriteLock();
        try
        {
            if (_nodes.TryGetValue(key, out var node))
            {
                node.Value = new(key, entry);
                MoveToFront(node);
                return;
            }

            if (_nodes.Count >= capacity)
            {
                _nodes.Remove(_order.Last!.Value.Key);
                _order.RemoveLast();
                _metrics.CountEviction();
            }

            _nodes.Add(key, _order.AddFirst(new KeyValuePair<string, PeerEntry>(key, entry)));
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public void Dispose() => _lock.Dispose();

    // A hit moves its node, so a look-up is a writer: the reader's side of the lock is left for those who only count.
    private PeerEntry? FindAndTouch(string key)
    {
        _lock.EnterWriteLock();
        try
        {
            if (!_nodes.TryGetValue(key, out var node))
            {
                return null;
            }

            if (node.Value.Value.HasExpired)
            {
                _nodes.Remove(key);
                _order.Remove(node);
                return null;
            }

            MoveToFront(node);
            return node.Value.Value;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private void MoveToFront(LinkedListNode<KeyValuePair<string, PeerEntry>> node)
    {
        if (node != _order.First)
        {
            _order.Remove(node);
            _order.AddFirst(node);
        }
    }
}
