using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastSignatureCache.Stores;

/// <summary>
/// A <see cref="SignatureCache"/> in memory in front of an <see cref="ISignatureStore"/>: look-ups and puts work on memory alone and
/// cost what they cost there; the store is read by <see cref="PrefetchAsync"/> and follows every change.
/// </summary>
/// <remarks>
/// <para>
/// All members may be called by any number of threads at once. Look-ups see what is in memory; to see everything that is kept of a
/// conversation, prefetch it first. Changes reach the store in the order in which memory had them, many in one batch.
/// </para>
/// <para>
/// Trouble in the store is never thrown. It is logged when it begins and when it ends, counted, and shown in the metrics; the cache goes on
/// with its memory, keeps what it can't write, up to a bound, and tries again at an interval. What comes from the store is checked like
/// a put before anyone sees it.
/// </para>
/// <para>
/// Over an <see cref="ISharedSignatureStore"/> each prefetch asks the store, and what others remove goes from memory when they tell.
/// </para>
/// <para>
/// <see cref="DisposeAsync"/> writes what is queued, empties the memory and disposes of the store. After that look-ups miss and puts are
/// refused; nothing throws.
/// </para>
/// </remarks>
public sealed partial class TieredSignatureCache : ISignatureCache, IAsyncDisposable
{
    private readonly ISignatureStore _store;
    private readonly SignatureCache _memory;
    private readonly StoreCounters _counters = new();
    private readonly StoreWriter _writer;
    private readonly StoreLoader _loader;
    private readonly StoreCleaner? _cleaner;
    private readonly StoreWatcher? _watcher;
    private readonly TimeSpan _disposalTimeout;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private bool _isDisposed;

    /// <summary>Creates a cache, and begins to fill it from the store if the settings say so.</summary>
    /// <param name="store">The store. The cache disposes of it.</param>
    /// <param name="options">The settings of the work with the store; later changes to them have no effect. Null for the defaults.</param>
    /// <param name="memoryOptions">The settings of the memory, copied; null for the defaults.</param>
    /// <param name="timeProvider">The clock and the source of timers; null for <see cref="TimeProvider.System"/>.</param>
    /// <param name="logger">Where trouble, refusals and clean-ups are told, never with a signature or a key; null for nowhere.</param>
    /// <param name="refresher">Fetches fresh signatures for those in use that near their end. It is not disposed of. Null for nobody.</param>
    /// <exception cref="ArgumentNullException">The store is null.</exception>
    /// <exception cref="ArgumentException">One or several settings are out of range. The message names each.</exception>
    public TieredSignatureCache(
        ISignatureStore store,
        TieredSignatureCacheOptions? options = null,
        SignatureCacheOptions? memoryOptions = null,
        TimeProvider? timeProvider = null,
        ILogger<TieredSignatureCache>? logger = null,
        ISignatureRefresher? refresher = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        options = options?.Copy() ?? new();
        memoryOptions ??= new();
        TieredSignatureCacheOptionsValidator.ThrowIfInvalid(options, nameof(options));
        SignatureCacheOptionsValidator.ThrowIfInvalid(memoryOptions, nameof(memoryOptions));
        timeProvider ??= TimeProvider.System;
        ILogger log = logger ?? NullLogger<TieredSignatureCache>.Instance;
        _disposalTimeout = options.DisposalTimeout;
        _timeProvider = timeProvider;
        _logger = log;
        var tracker = new LoadTracker(store is ISharedSignatureStore ? null : new KnownConversations(options.MaxKnownConversations));
        _store = store;
        _writer = new StoreWriter(store, options, timeProvider, tracker, _counters, log);
        _memory = new SignatureCache(memoryOptions, timeProvider, log, hasCoarseClock: timeProvider == TimeProvider.System, _writer, refresher);
        _loader = new StoreLoader(_memory, store, options, timeProvider, tracker, _counters, log);
        _cleaner = options.CleanupInterval == Timeout.InfiniteTimeSpan
            ? null
            : new StoreCleaner(store, options, timeProvider, _counters, log);
        _watcher = store is ISharedSignatureStore shared
            ? new StoreWatcher(_memory, shared, options, timeProvider, tracker, _counters, log)
            : null;
    }

    /// <inheritdoc/>
    /// <remarks>Those in memory.</remarks>
    public int Count => _memory.Count;

    /// <inheritdoc/>
    /// <remarks>What waits for the store has a bound of its own and is not part of it.</remarks>
    public long EstimatedBytes => _memory.EstimatedBytes;

    /// <summary>The level above the store, for integrity checks.</summary>
    internal SignatureCache Memory => _memory;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(in SignatureKey key, [NotNullWhen(true)] out CachedSignature? entry) => _memory.TryGet(key, out entry);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SignatureLookup Lookup(in SignatureKey key) => _memory.Lookup(key);

    /// <inheritdoc/>
    public SignatureLookup Lookup(ReadOnlySpan<ContextualKey> alternatives) => _memory.Lookup(alternatives);

    /// <inheritdoc/>
    public bool Put(in SignatureKey key, string signature) => _memory.Put(key, signature);

    /// <inheritdoc/>
    public bool Put(in SignatureKey key, ReadOnlySpan<char> signature) => _memory.Put(key, signature);

    /// <inheritdoc/>
    public bool Put(in SignatureKey key, ReadOnlySpan<byte> utf8Signature) => _memory.Put(key, utf8Signature);

    /// <inheritdoc/>
    public bool Put(ReadOnlySpan<ContextualKey> keys, string signature) => _memory.Put(keys, signature);

    /// <inheritdoc/>
    /// <remarks>In the store too, whether or not there was anything in memory.</remarks>
    public bool Remove(in SignatureKey key) => _memory.Remove(key);

    /// <inheritdoc/>
    /// <remarks>In the store too, whether or not there was anything in memory.</remarks>
    public bool ReportCorrupted(in SignatureKey key) => _memory.ReportCorrupted(key);

    /// <inheritdoc/>
    /// <remarks>In the store too, whether or not there was anything in memory.</remarks>
    public bool ReportCorrupted(ReadOnlySpan<SignatureKey> keys, CorruptionReason reason) => _memory.ReportCorrupted(keys, reason);

    /// <inheritdoc/>
    /// <remarks>From memory. The store is told to do the same at an interval.</remarks>
    public int RemoveExpired() => _memory.RemoveExpired();

    /// <inheritdoc/>
    /// <remarks>The store too.</remarks>
    public void Clear() => _memory.Clear();

    /// <inheritdoc/>
    /// <remarks>
    /// Completes at once, and allocates nothing, when all of the conversation is in memory or the store is in trouble. Otherwise the store
    /// is asked, once for all who ask at the same time, and has the read timeout to answer.
    /// </remarks>
    public ValueTask PrefetchAsync(string conversationId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(conversationId);
        return _loader.PrefetchAsync(conversationId, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Completes at once when the store has everything, when it is in trouble, or when the settings say that it is written behind.
    /// Otherwise it takes as long as the batch, and at most the write timeout.
    /// </remarks>
    public ValueTask CommitAsync(CancellationToken cancellationToken = default) => _writer.CommitAsync(cancellationToken);

    /// <inheritdoc/>
    public SignatureEntryPage List(SignatureEntryQuery query) => _memory.List(query);

    /// <inheritdoc/>
    public SignatureCacheMetrics GetMetrics() =>
        _counters.AddTo(_memory.GetMetrics(), _loader.Health.IsDegraded || _writer.Health.IsDegraded);

    /// <inheritdoc/>
    public void ResetMetrics()
    {
        _memory.ResetMetrics();
        _counters.Reset();
    }

    /// <summary>
    /// Writes what is queued, within the disposal timeout, then empties the memory and disposes of the store, which may take as long again
    /// before nobody waits for it any more.
    /// </summary>
    /// <exception cref="Exception">What the store's own disposal throws.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        if (_cleaner is not null)
        {
            await _cleaner.DisposeAsync().ConfigureAwait(false);
        }

        if (_watcher is not null)
        {
            await _watcher.DisposeAsync().ConfigureAwait(false);
        }

        await _loader.DisposeAsync().ConfigureAwait(false);
        _memory.FlushRenewals();
        await _writer.DisposeAsync().ConfigureAwait(false);
        _memory.Dispose();
        await DisposeOfStoreAsync().ConfigureAwait(false);
    }

    // On a thread of its own: a store that hangs, on a disk that is gone say, may block that too.
    private async Task DisposeOfStoreAsync()
    {
        var disposal = Task.Run(() => _store.DisposeAsync().AsTask());
        try
        {
            await disposal.WaitAsync(_disposalTimeout, _timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!disposal.IsCompleted)
        {
            LogDisposalHangs(_logger);
        }
    }

    [LoggerMessage(18, LogLevel.Error, "The signature store's own disposal takes too long; nobody waits for its end any more.")]
    private static partial void LogDisposalHangs(ILogger logger);
}
