using Microsoft.Data.Sqlite;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>One open connection. Not thread-safe.</summary>
internal sealed class StoreConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<ChangeStatement> _changes = [];

    /// <param name="path">The file, which must be there.</param>
    /// <param name="busyTimeout">How long SQLite waits for locks of other connections.</param>
    public StoreConnection(string path, TimeSpan busyTimeout)
    {
        // Pooling is ours to do: a damaged file must have no connections left when it is set aside. SQLite itself does the waiting for
        // locks. The provider would go on for 30 s by default, looking every 150 ms; 1 s is the shortest it takes.
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1,
        };
        _connection = new(settings.ConnectionString);
        try
        {
            _connection.Open();
            Execute(FormattableString.Invariant($"PRAGMA busy_timeout = {(int)busyTimeout.TotalMilliseconds}"));
            Execute("PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>A statement with parameters, prepared once.</summary>
    public SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.AddWithValue(name, 0L);
        }

        command.Prepare();
        return command;
    }

    /// <summary>A statement that is executed for each row, prepared once. It lives as long as the connection.</summary>
    public ChangeStatement PrepareChange(string sql)
    {
        var statement = new ChangeStatement(_connection.Handle!, sql);
        _changes.Add(statement);
        return statement;
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public long Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long value ? value : 0;
    }

    public void TryRollback()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // There is nothing to roll back any more: SQLite did it already.
        }
    }

    public void Dispose()
    {
        // First: a connection with statements left would keep the file open.
        _changes.ForEach(static statement => statement.Dispose());
        _connection.Dispose();
    }
}
