using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Sqlite.Writing;

internal sealed partial class DatabaseHolder
{
    [LoggerMessage(
        1,
        LogLevel.Error,
        "The signature database {Path} is damaged. It was set aside as {Damaged} and a new one begun; signatures in it are lost to this cache. "
        + "Check the disk. When nobody wants to examine the damaged file, delete it")]
    private static partial void LogSetAside(ILogger logger, Exception exception, string path, string damaged);

    [LoggerMessage(2, LogLevel.Warning, "An index of the signature database {Path} was damaged and has been rebuilt. Check the disk")]
    private static partial void LogReindexed(ILogger logger, Exception exception, string path);

    [LoggerMessage(3, LogLevel.Error, "Tidying up the signature database {Path} failed; it is tried again after the next write")]
    private static partial void LogTidyingFailed(ILogger logger, Exception exception, string path);
}
