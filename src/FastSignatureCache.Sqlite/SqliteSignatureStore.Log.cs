using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Sqlite;

// Counts and file names only: neither a signature nor a key is ever logged.
public sealed partial class SqliteSignatureStore
{
    [LoggerMessage(11, LogLevel.Warning, "{Count} stored signatures were damaged; they are not used and are removed. Check the disk")]
    private static partial void LogDamagedRows(ILogger logger, int count);

    [LoggerMessage(12, LogLevel.Warning, "Removing {Count} damaged signatures failed; they stay unused")]
    private static partial void LogDamagedRowsStay(ILogger logger, Exception exception, int count);
}
