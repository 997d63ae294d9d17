using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>A statement that changes rows and returns none, on SQLite's own interface. Parameters are numbered from 1. Not thread-safe.</summary>
/// <remarks>
/// For the statements of a put. The provider's command looks its parameters up by name, copies each blob once more and makes a reader, each time: that
/// was more than half of what a row costs that shares its transaction with others.
/// </remarks>
internal sealed class ChangeStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public ChangeStatement(sqlite3 database, string sql)
    {
        _database = database;
        ThrowIfFailed(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public void Bind(int parameter, long value) => ThrowIfFailed(raw.sqlite3_bind_int64(_statement, parameter, value));

    /// <param name="parameter">Its number.</param>
    /// <param name="value">The bytes, which SQLite copies. None would be NULL.</param>
    public void Bind(int parameter, ReadOnlySpan<byte> value) => ThrowIfFailed(raw.sqlite3_bind_blob(_statement, parameter, value));

    /// <summary>Makes the change. What is bound stays bound.</summary>
    /// <exception cref="SqliteException">SQLite refuses it.</exception>
    public void Execute()
    {
        var result = raw.sqlite3_step(_statement);
        try
        {
            ThrowIfFailed(result);
        }
        finally
        {
            _ = raw.sqlite3_reset(_statement);
        }
    }

    public void Dispose() => _statement.Dispose();

    private void ThrowIfFailed(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
