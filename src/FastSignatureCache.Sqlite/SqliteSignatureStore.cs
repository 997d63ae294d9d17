using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FastSignatureCache.Sqlite.Databases;
using FastSignatureCache.Sqlite.Writing;
using FastSignatureCache.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastSignatureCache.Sqlite;

/// <summary>Keeps signatures in a SQLite file. Several processes may use the same file.</summary>
/// <remarks>
/// <para>
/// What was put is on the disk when the task completes, and survives the end of the process and of the power. Puts at the same time share a
/// transaction. Reads wait for no writes. The file is opened at the first call, whichever it is, and each call tries again if that failed.
/// What has expired is never returned; it is removed, in small steps between others' writes, when <see cref="RemoveExpiredAsync"/> is called.
/// </para>
/// <para>
/// Every row has a checksum over all of its content. A row that is not what was written is never returned, and is removed. A file that is no
/// database any more is renamed to <c>NAME.damaged-TIME</c> and a new one begun; the log says so. A file of a newer version, or of
/// another program, is left alone, and every call throws <see cref="InvalidDataException"/>. Other trouble with the file (no room, no
/// permission, a lock) is an <see cref="IOException"/> that says what happened, to which file, and what to do. Thread-safe.
/// </para>
/// </remarks>
public sealed partial class SqliteSignatureStore : ISharedSignatureStore
{
    // Tells this instance's removals from those of others.
    private readonly long _instance = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly DatabaseHolder _databases;
    private readonly WriteQueue _writes;
    private int _isDisposed;

    /// <summary>Creates the store. The file is not opened yet.</summary>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <param name="logger">Gets a message about damage and about trouble in the background: counts and file names only. Null for none.</param>
    /// <exception cref="ArgumentException">Settings are out of range: every fault is named.</exception>
    public SqliteSignatureStore(
        SqliteStoreOptions? options = null, TimeProvider? timeProvider = null, ILogger<SqliteSignatureStore>? logger = null)
        : this(options ?? new(), timeProvider, logger, Schema.Current)
    {
    }

    internal SqliteSignatureStore(SqliteStoreOptions options, TimeProvider? timeProvider, ILogger? logger, Schema schema)
    {
        SqliteStoreOptionsValidator.ThrowIfInvalid(options, nameof(options));
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        _databases = new(options, schema, _timeProvider, _logger);
        _writes = new(_databases, options, _timeProvider);
    }

    /// <summary>How many transactions were committed for callers.</summary>
    internal long Commits => _writes.Commits;

    /// <summary>Opens the file, makes it where it is missing, and sets it aside where it is damaged. Calls do so by themselves.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidDataException">The file is of a newer version, or of another program.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed of.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        if (_databases.Current is null)
        {
            await _writes.WriteAsync(static _ => { }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredSignature>> GetAsync(
        IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationIds);
        ThrowIfDisposed();
        if (conversationIds.Count == 0)
        {
            return [];
        }

        // A caller who gives up waiting has its collection back, and the read may still be on its way. The same holds for writes.
        string[] ids = [.. conversationIds];
        var now = _timeProvider.GetUtcNow();
        var found = await ReadRowsAsync(session => session.Read(ids, now, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return found.Signatures;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A key is <c>default</c>, or a payload is empty.</exception>
    public async ValueTask PutAsync(IReadOnlyList<StoredSignature> signatures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        ThrowIfDisposed();
        StoredSignature[] batch = [.. signatures];
        foreach (var signature in batch)
        {
            if (signature.Key.ConversationId.Length == 0 || signature.Payload.IsEmpty)
            {
                throw new ArgumentException("A signature needs a key and a payload.", nameof(signatures));
            }
        }

        if (batch.Length > 0)
        {
            await _writes.WriteAsync(
                session =>
                {
                    foreach (var signature in batch)
                    {
                        session.Put(signature);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(IReadOnlyList<SignatureKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ThrowIfDisposed();
        SignatureKey[] batch = [.. keys];
        if (batch.Length > 0)
        {
            var now = _timeProvider.GetUtcNow();
            await _writes.WriteAsync(
                session =>
                {
                    foreach (var key in batch)
                    {
                        session.Remove(key, _instance, now);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredSignature> GetNewestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        // Page by page, with nothing held between: an enumeration that takes its time keeps nobody from anything.
        for (long? before = long.MaxValue; before is { } id;)
        {
            var now = _timeProvider.GetUtcNow();
            var page = await ReadRowsAsync(session => session.ReadNewest(id, now), cancellationToken).ConfigureAwait(false);
            foreach (var signature in page.Signatures)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (signature.ExpiresAt > _timeProvider.GetUtcNow())
                {
                    yield return signature;
                }
            }

            before = page.Next;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        var now = _timeProvider.GetUtcNow();
        var (removed, step) = (0L, 0);
        do
        {
            await _writes.WriteUnhurriedAsync(
                session => step = session.RemoveExpired(now, Tidying.StepRows, Tidying.StepBytes), cancellationToken).ConfigureAwait(false);
            removed += step;
        }
        while (step > 0);
        return removed;
    }

    /// <inheritdoc/>
    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        var now = _timeProvider.GetUtcNow();
        await _writes.WriteAsync(session => session.Clear(_instance, now), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finishes the writes that wait and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _writes.DisposeAsync().ConfigureAwait(false);
        await _databases.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Any change at all, for tests.</summary>
    internal Task WriteAsync(Action<WriteSession> apply) => _writes.WriteAsync(apply, CancellationToken.None);

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
}
