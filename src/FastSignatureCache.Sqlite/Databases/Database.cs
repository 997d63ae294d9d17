using Microsoft.Data.Sqlite;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>An open database: one connection that writes, some that read, and one that copies the log.</summary>
internal sealed class Database : IAsyncDisposable
{
    // Rows of the usual length, about a kilobyte, leave less of a large page empty: with 16 KiB a file of rows of 800 bytes is 3 % smaller than
    // with 8 KiB, and no slower.
    private const string Settings =
        """
        PRAGMA page_size = 16384;
        PRAGMA cache_size = -8192;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA fullfsync = ON;
        PRAGMA checkpoint_fullfsync = ON;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = 67108864;
        """;

    /// <summary>Asks for the number that is drawn at random for each new file.</summary>
    public const string SelectGeneration = "SELECT generation FROM store";

    private Database(StoreConnection connection, DatabaseFile file, SqliteStoreOptions options)
    {
        Writer = new(connection);
        Readers = new(OpenReader, options.MaxReaders);
        Copier = new(OpenReader, 1);

        ReadSession OpenReader()
        {
            using var held = file.Lock();
            return new(new StoreConnection(file.Path, options.BusyTimeout), Writer.Opening);
        }
    }

    public WriteSession Writer { get; }

    public ReaderPool Readers { get; }

    /// <summary>Copies the log into the database, so that neither who writes nor who reads has to wait for that.</summary>
    public ReaderPool Copier { get; }

    /// <summary>Opens the file, and makes it first where it is missing. The caller has locked it.</summary>
    public static Database Open(DatabaseFile file, Schema schema, SqliteStoreOptions options)
    {
        file.EnsureExists();
        var connection = new StoreConnection(file.Path, options.BusyTimeout);
        try
        {
            connection.Execute(Settings);
            schema.Migrate(connection, file.Path);
            return new(connection, file, options);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            // A statement that must fit did not: the tables or columns are not what the version says.
            connection.Dispose();
            throw new DamagedDatabaseException(exception.Message);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseReadersAsync().ConfigureAwait(false);
        Writer.Dispose();
    }

    /// <summary>Waits for the reads under way, and closes all connections but the one that writes.</summary>
    public async ValueTask CloseReadersAsync()
    {
        await Readers.DisposeAsync().ConfigureAwait(false);
        await Copier.DisposeAsync().ConfigureAwait(false);
    }
}
