using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>The file can't be what was written.</summary>
internal sealed class DamagedDatabaseException(string message) : Exception(message)
{
    /// <summary>Looks within a transaction whether another process sets the file aside, or has done so.</summary>
    /// <param name="select">Asks for the file's number.</param>
    /// <param name="generation">The number that it had.</param>
    public static void ThrowIfSetAside(SqliteCommand select, long generation)
    {
        if (select.ExecuteScalar() is not long found || found != generation)
        {
            throw new DamagedDatabaseException("Another process set the database aside.");
        }
    }

    /// <summary>Whether an exception says that the file is damaged, rather than locked, full or out of reach.</summary>
    public static bool IsMeantBy(Exception exception) => exception switch
    {
        DamagedDatabaseException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
            || sqlite.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHORT_READ,
        _ => false,
    };
}
