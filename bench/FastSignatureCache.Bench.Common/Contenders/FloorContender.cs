using System.Collections.Concurrent;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>
/// The floor: a bare <see cref="ConcurrentDictionary{TKey, TValue}"/> whose key comes already joined. Unbounded, and checks nothing.
/// </summary>
public readonly struct FloorContender : IContender<FloorContender>
{
    private readonly ConcurrentDictionary<string, PeerEntry> _entries;
    private readonly ConcurrentDictionary<string, PeerEntry>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly TimeSpan _timeToLive;

    private FloorContender(TimeSpan timeToLive)
    {
        _entries = new ConcurrentDictionary<string, PeerEntry>();
        _bySpan = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
        _timeToLive = timeToLive;
    }

    /// <inheritdoc/>
    public static string Name => "Floor: ConcurrentDictionary, key already joined";

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public static FloorContender Create(ContenderSettings settings) => new(settings.TimeToLive);

    /// <inheritdoc/>
    public object? Find(in RequestKey key) => _entries.TryGetValue(key.Joined, out var entry) ? entry : null;

    /// <inheritdoc/>
    public object? FindBySpans(in RequestKey key) => _bySpan.TryGetValue(key.Joined, out var entry) ? entry : null;

    /// <inheritdoc/>
    public void Put(in RequestKey key, string signature)
    {
        if (PeerEntry.TryCreate(key.ConversationId, key.ModelId, signature, _timeToLive) is { } entry)
        {
            _entries[key.Joined] = entry;
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
