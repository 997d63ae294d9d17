using System.Collections.Concurrent;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>
/// The floor of a bounded cache under churn: a <see cref="ConcurrentDictionary{TKey, TValue}"/>, key already joined, and a
/// <see cref="ConcurrentQueue{T}"/> that says what is oldest. First in, first out, and checks nothing when asked.
/// </summary>
public readonly struct FifoDictionaryContender : IContender<FifoDictionaryContender>
{
    private readonly ConcurrentDictionary<string, PeerEntry> _entries;
    private readonly ConcurrentQueue<string> _order;
    private readonly ContenderSettings _settings;

    private FifoDictionaryContender(ContenderSettings settings)
    {
        _entries = new ConcurrentDictionary<string, PeerEntry>();
        _order = new ConcurrentQueue<string>();
        _settings = settings;
    }

    /// <inheritdoc/>
    public static string Name => "Floor: ConcurrentDictionary and a queue, key already joined";

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public static FifoDictionaryContender Create(ContenderSettings settings) => new(settings);

    /// <inheritdoc/>
    public object? Find(in RequestKey key) => _entries.TryGetValue(key.Joined, out var entry) ? entry : null;

    /// <inheritdoc/>
    public object? FindBySpans(in RequestKey key) => Find(key);

    /// <inheritdoc/>
    public void Put(in RequestKey key, string signature)
    {
        if (PeerEntry.TryCreate(key.ConversationId, key.ModelId, signature, _settings.TimeToLive) is not { } entry)
        {
            return;
        }

        if (!_entries.TryAdd(key.Joined, entry))
        {
            _entries[key.Joined] = entry;
            return;
        }

        _order.Enqueue(key.Joined);
        if (_order.Count > _settings.Capacity && _order.TryDequeue(out var oldest))
        {
            _entries.TryRemove(oldest, out _);
        }
    }

    /// <inheritdoc/>
    public void Settle(in RequestKey key)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
