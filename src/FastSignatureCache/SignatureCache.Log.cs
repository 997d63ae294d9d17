using Microsoft.Extensions.Logging;

namespace FastSignatureCache;

// Lengths and counts only: neither a signature nor a key is ever logged.
public sealed partial class SignatureCache
{
    [LoggerMessage(1, LogLevel.Debug, "Refused a signature of {Length} characters: too large")]
    private static partial void LogRefusedSize(ILogger logger, int length);

    [LoggerMessage(2, LogLevel.Debug, "Refused a value of {Length} characters: not a well-formed signature (accepted: {Format})")]
    private static partial void LogRefusedFormat(ILogger logger, SignatureFormat format, int length);

    [LoggerMessage(3, LogLevel.Debug, "Removed {Removed} expired entries, {Count} are left")]
    private static partial void LogCleanedUp(ILogger logger, int removed, int count);

    [LoggerMessage(4, LogLevel.Error, "Removing expired entries failed; it is tried again at the next interval")]
    private static partial void LogCleanupFailed(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Debug, "Refreshing a signature failed ({Failure}); a later look-up tries again")]
    private static partial void LogRefreshFailed(ILogger logger, string failure);
}
