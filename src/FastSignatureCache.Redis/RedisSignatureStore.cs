using FastSignatureCache.Redis.Commands;
using FastSignatureCache.Redis.Connections;
using FastSignatureCache.Redis.Entries;
using FastSignatureCache.Redis.Notices;
using FastSignatureCache.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace FastSignatureCache.Redis;

/// <summary>
/// Keeps signatures in Redis 7 or later, or in what has all of its commands that <see cref="RedisStoreOptions.ConnectionString"/> names: for any
/// number of machines at once. Single servers, sentinels and clusters will do; all three are tested, with Redis 7.0.
/// </summary>
/// <remarks>
/// <para>
/// A conversation is one hash in one slot: read in one round trip, changed in one step by a script, gone by itself when the last of its
/// signatures expires. The server's clock decides that, and this machine's what is returned, so they should agree to within seconds. Of a put of
/// several conversations each is kept whole or not at all; after an exception some may be kept, and putting all again is safe.
/// </para>
/// <para>
/// What was put is safe as far as the server promises: replication is asynchronous, so that a failover can lose what was acknowledged a moment
/// before. Every value has a version and a checksum. One that is not what was written is never returned, and is removed; one of a later version
/// is left alone.
/// </para>
/// <para>
/// The connection is made at the first call, or before it by <see cref="ConnectAsync"/>, and mends itself. A call takes no longer than the timeout; after some failures calls fail at once, until one
/// that is let through succeeds. Thread-safe.
/// </para>
/// </remarks>
public sealed class RedisSignatureStore : ISharedSignatureStore
{
    private readonly Guid _instance = Guid.NewGuid();
    private readonly TimeProvider _timeProvider;
    private readonly KeySpace _keys;
    private readonly Connection _connection;
    private readonly RoundTrips _trips;
    private readonly EntryReader _reader;
    private readonly NewestFirst _newestFirst;
    private readonly Clearing _clearing;
    private readonly RemovalWatch _removals;
    private int _isDisposed;

    /// <summary>Creates the store. No connection is made yet.</summary>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <param name="logger">Gets a message about damage and about the circuit: never a key, a signature or a credential. Null for none.</param>
    /// <exception cref="ArgumentException">Settings are out of range: every fault is named.</exception>
    public RedisSignatureStore(
        RedisStoreOptions? options = null, TimeProvider? timeProvider = null, ILogger<RedisSignatureStore>? logger = null)
        : this(options ?? new(), timeProvider ?? TimeProvider.System, timeProvider ?? TimeProvider.System, logger)
    {
    }

    /// <summary>Lets tests move the clock by which signatures expire, while round trips to a real server take their real time.</summary>
    internal RedisSignatureStore(RedisStoreOptions options, TimeProvider timeProvider, TimeProvider roundTripTime, ILogger? logger)
    {
        RedisStoreOptionsValidator.ThrowIfInvalid(options, nameof(options));
        var log = logger ?? NullLogger.Instance;
        _timeProvider = timeProvider;
        _keys = new(options.KeyPrefix);
        _connection = new(ConnectionSettings.Create(options));
        _trips = new(_connection, Resilience.Create(options, roundTripTime, log));
        _reader = new(_trips, _keys, log);
        _newestFirst = new(_trips, _keys, _reader, _timeProvider);
        _clearing = new(_trips, _keys);
        _removals = new(_trips, _keys.Channel, _instance, log);
    }

    /// <summary>Makes the connection now and not at the first call, which may have less time than that takes.</summary>
    /// <remarks>Completes, too, when it was found that no server and no sentinel can be reached: the connection is mended when there is one.</remarks>
    /// <param name="cancellationToken">Gives up waiting. The connection is made all the same.</param>
    /// <exception cref="RedisException">The connection string has <c>abortConnect=true</c>, and none can be reached.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return _connection.OpenAsync().WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>One round trip to each server that has any of the conversations, all at the same time.</remarks>
    public async ValueTask<IReadOnlyList<StoredSignature>> GetAsync(
        IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationIds);
        ThrowIfDisposed();
        if (conversationIds.Count == 0)
        {
            return [];
        }

        // A caller who gives up waiting has its collection back while the commands may still be made. The same holds for writes.
        string[] ids = [.. conversationIds];
        var found = await _reader.ReadAsync([.. ids.Select(KeyDigest.OfConversation)], cancellationToken).ConfigureAwait(false);
        var now = _timeProvider.GetUtcNow();
        return
        [
            .. found.SelectMany((conversation, i) =>
                conversation.Where(signature => signature.Key.ConversationId == ids[i] && signature.ExpiresAt > now)),
        ];
    }

    /// <inheritdoc/>
    /// <remarks>All or none of each conversation's. One round trip to each server that has any of them, all at the same time.</remarks>
    /// <exception cref="ArgumentException">A key is <c>default</c>, or a payload is empty.</exception>
    public async ValueTask PutAsync(IReadOnlyList<StoredSignature> signatures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        ThrowIfDisposed();
        foreach (var signature in signatures)
        {
            if (signature.Key.ConversationId.Length == 0 || signature.Payload.IsEmpty)
            {
                throw new ArgumentException("A signature needs a key and a payload.", nameof(signatures));
            }
        }

        if (signatures.Count > 0)
        {
            var batch = new PutBatch(signatures, _keys, _timeProvider.GetUtcNow());
            await _trips.MakeAsync(connected => batch.SendAsync(connected.GetDatabase()), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// All keys of a conversation in one step. One round trip to each server that has any of the conversations, all at the same time, then one to
    /// tell the others; the server looks through all names, but not values, of a conversation.
    /// </remarks>
    public async ValueTask RemoveAsync(IReadOnlyList<SignatureKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ThrowIfDisposed();
        var conversations = keys
            .Where(static key => key.ConversationId.Length > 0)
            .GroupBy(static key => key.ConversationId, StringComparer.Ordinal)
            .Select(group => (
                Key: _keys.Conversation(KeyDigest.OfConversation(group.Key)),
                Digests: group.Select(static key => (RedisValue)KeyDigest.OfKey(key)).ToArray(),
                Notice: Notice.Of(_instance, [.. group])))
            .ToList();
        if (conversations.Count > 0)
        {
            await _trips.MakeAsync(
                connected =>
                {
                    var database = connected.GetDatabase();
                    return Task.WhenAll(conversations.Select(conversation =>
                        database.ScriptEvaluateAsync(Scripts.Remove, [conversation.Key], conversation.Digests)));
                },
                cancellationToken).ConfigureAwait(false);
            await TellAsync(conversations.Select(static conversation => conversation.Notice), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Reads the newest conversations, some at a time, and holds the older signatures of those it has read until it is their turn. Of a conversation that
    /// is put to meanwhile, what was there before can be left out.
    /// </remarks>
    public IAsyncEnumerable<StoredSignature> GetNewestAsync(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return _newestFirst.ReadAsync(cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Has nothing to do: the server removes what has expired.</remarks>
    public ValueTask<long> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return new(0);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Walks all keys of every primary server, also those of others, a thousand in a round trip; ends with an exception if one of them can't be
    /// reached. What another store puts meanwhile may stay or go.
    /// </remarks>
    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        await _clearing.RunAsync(cancellationToken).ConfigureAwait(false);
        await TellAsync([Notice.OfEverything(_instance)], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Goes on until the connection is lost, which is thrown: what was told until it is back has not been heard.
    /// </remarks>
    public IAsyncEnumerable<StoreRemoval> WatchRemovalsAsync(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return _removals.WatchAsync(cancellationToken);
    }

    /// <summary>Closes the connection. Calls on their way fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Not by the script that removes: in a cluster each server would tell what it has removed, and others hear that in any order.
    private ValueTask<long[]> TellAsync(IEnumerable<byte[]> notices, CancellationToken cancellationToken) =>
        _trips.MakeAsync(
            connected => Task.WhenAll(notices.Select(notice => connected.GetSubscriber().PublishAsync(_keys.Channel, notice))),
            cancellationToken);

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
}
