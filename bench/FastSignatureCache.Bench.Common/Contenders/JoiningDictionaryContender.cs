using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>A <see cref="ConcurrentDictionary{TKey, TValue}"/> whose key is joined for each look-up. Unbounded.</summary>
public readonly struct JoiningDictionaryContender : IContender<JoiningDictionaryContender>
{
    private readonly ConcurrentDictionary<string, PeerEntry> _entries;
    private readonly ConcurrentDictionary<string, PeerEntry>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly TimeSpan _timeToLive;

    private JoiningDictionaryContender(TimeSpan timeToLive)
    {
        _entries = new ConcurrentDictionary<string, PeerEntry>();
        _bySpan = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
        _timeToLive = timeToLive;
    }

    /// <inheritdoc/>
    public static string Name => "ConcurrentDictionary, joined key";

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public static JoiningDictionaryContender Create(ContenderSettings settings) => new(settings.TimeToLive);

    /// <inheritdoc/>
    public object? Find(in RequestKey key) =>
        _entries.TryGetValue(JoinedKey.Of(key), out var entry) && !entry.HasExpired && entry.IsFor(key.ConversationId, key.ModelId)
            ? entry
            : null;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public object? FindBySpans(in RequestKey key)
    {
        Span<char> buffer = stackalloc char[JoinedKey.StackLength];
        return _bySpan.TryGetValue(JoinedKey.Of(key, buffer), out var entry)
            && !entry.HasExpired
            && entry.IsFor(key.ConversationSpan, key.ModelSpan)
                ? entry
                : null;
    }

    /// <inheritdoc/>
    public void Put(in RequestKey key, string signature)
    {
        if (PeerEntry.TryCreate(key.ConversationId, key.ModelId, signature, _timeToLive) is { } entry)
        {
            _entries[JoinedKey.Of(key)] = entry;
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
