using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>The file can't be what was written.</summary>
internal sealed class DamagedDatabaseException(string message) : Exception(message)
{
    /// <summary>Whether an exception says that the file is damaged, rather than locked, full or out of reach.</summary>
    public static bool IsMeantBy(Exception exception) => exception switch
    {
        DamagedDatabaseException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
            || sqlite.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHORT_READ,
        _ => false,
    };
}
