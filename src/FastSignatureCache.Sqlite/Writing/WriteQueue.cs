using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using FastSignatureCache.Sqlite.Databases;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FastSignatureCache.Sqlite.Writing;

/// <summary>
/// Group commit: one loop writes for everybody. While it waits for the disk others queue up, and what waits shares the next transaction.
/// The loop alone opens the database, replaces a damaged one, and tidies up between the transactions.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int Capacity = 4_096;
    private readonly DatabaseHolder _databases;
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Channel<WriteOperation> _waiting =
        Channel.CreateBounded<WriteOperation>(new BoundedChannelOptions(Capacity) { SingleReader = true });

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
    public async Task WriteAsync(Action<WriteSession> apply, CancellationToken cancellationToken)
    {
        var operation = new WriteOperation(apply, cancellationToken);
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
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (_options.CommitDelay > TimeSpan.Zero && _waiting.Reader.Count < _options.MaxCommitBatch)
            {
                await Task.Delay(_options.CommitDelay, _timeProvider).ConfigureAwait(false);
            }

            group.Clear();
            while (group.Count < _options.MaxCommitBatch && _waiting.Reader.TryRead(out var operation))
            {
                if (!operation.EndIfCancelled())
                {
                    group.Add(operation);
                }
            }

            if (group.Count > 0)
            {
                await WriteAsync(group).ConfigureAwait(false);
                await TidyAsync().ConfigureAwait(false);
            }
        }
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
            group.ForEach(operation => operation.Fail(exception));
        }
    }

    // Trouble with the file is everybody's; anything else can be one change that SQLite does not take, and the others must not suffer for it.
    private static bool IsAboutOne(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_NOMEM }
            or ArgumentException or OutOfMemoryException;

    private void Commit(WriteSession session, List<WriteOperation> group)
    {
        session.Begin();
        try
        {
            foreach (var operation in group)
            {
                operation.Apply(session);
            }

            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }

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
