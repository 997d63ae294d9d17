using FastSignatureCache.Sqlite.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Sqlite.Writing;

/// <summary>
/// Has the open database, and puts a new one in the place of a damaged one. All but <see cref="Current"/> is for the writing loop alone.
/// </summary>
internal sealed partial class DatabaseHolder(
    SqliteStoreOptions options, Schema schema, TimeProvider timeProvider, ILogger logger) : IAsyncDisposable
{
    // SQLITE_CORRUPT_INDEX: https://www.sqlite.org/rescode.html#corrupt_index
    private const int SqliteCorruptIndex = 779;

    private readonly DatabaseFile _file = new(options.DatabasePath, options.BusyTimeout, timeProvider);
    private Tidying? _tidying;
    private Database? _current;

    /// <summary>The open database, or null as long as it has not been opened.</summary>
    public Database? Current => Volatile.Read(ref _current);

    /// <summary>What to tell callers about trouble.</summary>
    public Exception Explain(Exception exception) => StoreFault.Explain(exception, _file.Path);

    /// <summary>Whether the log is being copied into the database, in the background.</summary>
    public bool IsCopying => !Copying.IsCompleted;

    /// <summary>Ends when the log has been copied.</summary>
    public Task Copying => Current is null ? Task.CompletedTask : _tidying!.Copying;

    /// <summary>Opens the database if need be.</summary>
    public Database Open()
    {
        if (Current is { } open)
        {
            return open;
        }

        var database = OpenFile();
        _tidying = new(database, options.MaxBytes);
        Volatile.Write(ref _current, database);
        return database;
    }

    /// <summary>Does something with the database, and once more with a new one if it turns out to be damaged.</summary>
    public async ValueTask UseAsync(Action<Database> use)
    {
        var database = Open();
        try
        {
            use(database);
        }
        catch (Exception exception) when (DamagedDatabaseException.IsMeantBy(exception))
        {
            await ReplaceAsync(database, exception).ConfigureAwait(false);
            use(Open());
        }
    }

    /// <summary>Cures or sets aside a database that was found damaged, unless that was done meanwhile.</summary>
    public async ValueTask ReplaceAsync(Database damaged, Exception exception)
    {
        if (Current != damaged)
        {
            return;
        }

        if (IsOnlyAnIndex(exception) && TryReindex(damaged))
        {
            LogReindexed(logger, exception, _file.Path);
            return;
        }

        Volatile.Write(ref _current, null);
        await damaged.CloseReadersAsync().ConfigureAwait(false);

        // Closed even where there is no lock to be had: the file is opened anew by the next call, and nobody would know of this connection.
        using var writer = damaged.Writer;
        using var held = _file.Lock();

        // Another process can have found the same damage and be a step ahead.
        var isStillThere = _file.IsOf(writer.Opening.Generation);
        if (isStillThere)
        {
            writer.Abandon();
        }

        writer.Dispose();
        if (isStillThere)
        {
            LogSetAside(logger, exception, _file.Path, _file.SetAside());
        }
    }

    /// <summary>One step of tidying up.</summary>
    /// <returns>Whether there is more to do.</returns>
    public bool Tidy() => Current is not null && _tidying!.Step();

    public async ValueTask TidyingFailedAsync(Exception exception)
    {
        LogTidyingFailed(logger, Explain(exception), _file.Path);
        if (Current is not { } database || !DamagedDatabaseException.IsMeantBy(exception))
        {
            return;
        }

        try
        {
            await ReplaceAsync(database, exception).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits for this either, and the loop must go on: the next write meets the same, and tells its caller.
        catch (Exception again)
#pragma warning restore CA1031
        {
            LogTidyingFailed(logger, Explain(again), _file.Path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Current is { } database)
        {
            await database.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Database OpenFile()
    {
        using var held = _file.Lock();
        try
        {
            return Database.Open(_file, schema, options);
        }
        catch (Exception exception) when (DamagedDatabaseException.IsMeantBy(exception))
        {
            LogSetAside(logger, exception, _file.Path, _file.SetAside());
            return Database.Open(_file, schema, options);
        }
    }

    private static bool IsOnlyAnIndex(Exception exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: SqliteCorruptIndex };

    private static bool TryReindex(Database database)
    {
        try
        {
            database.Writer.Reindex();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
