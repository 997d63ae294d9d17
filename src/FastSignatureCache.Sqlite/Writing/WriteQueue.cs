using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using FastSignatureCache.Sqlite.Databases;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FastSignatureCache.Sqlite.Writing;

/// <summary>
/// Group commit: one loop writes for everybody. While it waits for the disk others queue up, and what waits shares the next transaction.
/// The loop alone opens the database, replaces a damaged one, and tidies up between the transactions. Unhurried changes wait until nobody
/// else does, each in a transaction of its own.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int Capacity = 4_096;
    private readonly DatabaseHolder _databases;
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Channel<WriteOperation> _waiting = Channel.CreateBounded<WriteOperation>(Capacity);

    // The loop's own. A caller has one of them on its way, so there are few.
    private readonly Queue<WriteOperation> _unhurried = [];
    private readonly Task _loop;
    private long _commits;

    public WriteQueue(DatabaseHolder databases, SqliteStoreOptions options, TimeProvider timeProvider)
    {
        _databases = databases;
        _options = options;
        _timeProvider = timeProvider;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>How many transactions were committed for callers.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>Makes a change, and completes when it is safe.</summary>
    /// <exception cref="ObjectDisposedException">The queue takes nothing more.</exception>
    public Task WriteAsync(Action<WriteSession> apply, CancellationToken cancellationToken) =>
        WriteAsync(new WriteOperation(apply, isUnhurried: false, cancellationToken), cancellationToken);

    /// <summary>Makes a small change when nobody else waits. When it completes others see it, but after a loss of power it may be undone.</summary>
    /// <exception cref="ObjectDisposedException">The queue takes nothing more.</exception>
    public Task WriteUnhurriedAsync(Action<WriteSession> apply, CancellationToken cancellationToken) =>
        WriteAsync(new WriteOperation(apply, isUnhurried: true, cancellationToken), cancellationToken);

    private async Task WriteAsync(WriteOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            await _waiting.Writer.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteSignatureStore));
        }

        await operation.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the loop replace a database that a reader found damaged, unless that was done meanwhile.</summary>
    public Task ReplaceAsync(Database damaged, Exception exception, CancellationToken cancellationToken)
    {
        var wasRaised = false;
        return WriteAsync(
            _ =>
            {
                if (!wasRaised && _databases.Current == damaged)
                {
                    wasRaised = true;
                    ExceptionDispatchInfo.Throw(exception);
                }
            },
            cancellationToken);
    }

    /// <summary>Takes nothing more, and finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        List<WriteOperation> group = [];
        while (await WaitAsync().ConfigureAwait(false))
        {
            if (_options.CommitDelay > TimeSpan.Zero
                && _waiting.Reader.Count < _options.MaxCommitBatch
                && _waiting.Reader.TryPeek(out var first)
                && !first.IsUnhurried)
            {
                await Task.Delay(_options.CommitDelay, _timeProvider).ConfigureAwait(false);
            }

            group.Clear();
            while (group.Count < _options.MaxCommitBatch && _waiting.Reader.TryRead(out var operation))
            {
                if (operation.IsUnhurried)
                {
                    _unhurried.Enqueue(operation);
                }
                else if (!operation.EndIfCancelled())
                {
                    group.Add(operation);
                }
            }

            if (group.Count == 0 && !_databases.IsCopying && _unhurried.TryDequeue(out var unhurried) && !unhurried.EndIfCancelled())
            {
                group.Add(unhurried);
            }

            if (group.Count > 0)
            {
                await WriteAsync(group).ConfigureAwait(false);
            }

            await TidyAsync().ConfigureAwait(false);
        }
    }

    // What is unhurried waits for the copying of the log too: it would go on adding to what has to be copied.
    private async ValueTask<bool> WaitAsync()
    {
        if (_unhurried.Count == 0)
        {
            return await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false);
        }

        if (_databases.IsCopying)
        {
            var arrival = _waiting.Reader.WaitToReadAsync().AsTask();
            var ended = await Task.WhenAny(_databases.Copying, arrival).ConfigureAwait(false);
            if (ended == arrival && !await arrival.ConfigureAwait(false))
            {
                // Nothing more will come.
                await _databases.Copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return true;
    }

    private async Task WriteAsync(List<WriteOperation> group)
    {
        try
        {
            await _databases.UseAsync(database => Commit(database.Writer, group)).ConfigureAwait(false);
            group.ForEach(operation => operation.Complete());
        }
        catch (Exception exception) when (group.Count > 1 && IsAboutOne(exception))
        {
            foreach (var operation in group)
            {
                await WriteAsync([operation]).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Whatever it is, the callers get it, and the loop goes on for the others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var fault = _databases.Explain(exception);
            group.ForEach(operation => operation.Fail(fault));
        }
    }

    // Trouble with the file is everybody's; anything else can be one change that SQLite does not take, and the others must not suffer for it.
    private static bool IsAboutOne(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_NOMEM }
            or ArgumentException or OutOfMemoryException;

    private void Commit(WriteSession session, List<WriteOperation> group)
    {
        session.Transact(isDurable: !group[0].IsUnhurried, _ => group.ForEach(operation => operation.Apply(session)));
        Interlocked.Increment(ref _commits);
    }

    // One small step when others wait, and all of them when nobody does.
    private async Task TidyAsync()
    {
        try
        {
            while (_databases.Tidy() && !_waiting.Reader.TryPeek(out _))
            {
            }
        }
#pragma warning disable CA1031 // No caller waits for this. It is logged, and done after the next write.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await _databases.TidyingFailedAsync(exception).ConfigureAwait(false);
        }
    }
}
