using System.Runtime.CompilerServices;
using BitFaster.Caching;
using BitFaster.Caching.Lfu;
using BitFaster.Caching.Scheduler;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>BitFaster's W-TinyLFU. Time to live is checked here: without it, it is faster.</summary>
public readonly struct ConcurrentLfuContender : IContender<ConcurrentLfuContender>
{
    private readonly ConcurrentLfu<string, PeerEntry> _cache;
    private readonly IAlternateLookup<ReadOnlySpan<char>, string, PeerEntry> _bySpan;
    private readonly TimeSpan _timeToLive;

    private ConcurrentLfuContender(ConcurrentLfu<string, PeerEntry> cache, TimeSpan timeToLive)
    {
        _cache = cache;
        _bySpan = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        _timeToLive = timeToLive;
    }

    /// <inheritdoc/>
    public static string Name => "BitFaster ConcurrentLfu, joined key";

    /// <inheritdoc/>
    public int Count => _cache.Count;

    /// <inheritdoc/>
    public static ConcurrentLfuContender Create(ContenderSettings settings) =>
        new(new ConcurrentLfu<string, PeerEntry>(
            Environment.ProcessorCount,
            settings.Capacity,
            settings.ForReplay ? new ForegroundScheduler() : new ThreadPoolScheduler(),
            EqualityComparer<string>.Default), settings.TimeToLive);

    /// <inheritdoc/>
    public object? Find(in RequestKey key) =>
        _cache.TryGet(JoinedKey.Of(key), out var entry) && !entry.HasExpired && entry.IsFor(key.ConversationId, key.ModelId)
            ? entry
            : null;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public object? FindBySpans(in RequestKey key)
    {
        Span<char> buffer = stackalloc char[JoinedKey.StackLength];
        return _bySpan.TryGet(JoinedKey.Of(key, buffer), out var entry)
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
            _cache.AddOrUpdate(JoinedKey.Of(key), entry);
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
