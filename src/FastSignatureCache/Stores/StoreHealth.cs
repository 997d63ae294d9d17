using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Stores;

/// <summary>
/// Whether one direction, reading or writing, works. A circuit that one failure opens and one success closes; whoever owns it decides when
/// to try. Two of them for a store: a disk that is full can still be read.
/// </summary>
/// <param name="operation">What it is about, for the log.</param>
/// <param name="counters">Where failures are counted.</param>
/// <param name="logger">Told when trouble begins and when it ends.</param>
internal sealed partial class StoreHealth(string operation, StoreCounters counters, ILogger logger)
{
    private bool _isDegraded;

    public bool IsDegraded => Volatile.Read(ref _isDegraded);

    public void Fail(Exception failure)
    {
        counters.CountFailure();
        if (!Interlocked.Exchange(ref _isDegraded, true))
        {
            LogBegan(logger, operation, failure.Message);
            LogFailure(logger, failure);
        }
    }

    public void Succeed()
    {
        if (IsDegraded && Interlocked.Exchange(ref _isDegraded, false))
        {
            LogEnded(logger, operation);
        }
    }

    [LoggerMessage(11, LogLevel.Warning, "{Operation} the signature store failed. The cache goes on without it and keeps trying. {Reason}")]
    private static partial void LogBegan(ILogger logger, string operation, string reason);

    [LoggerMessage(17, LogLevel.Debug, "That is where it failed.")]
    private static partial void LogFailure(ILogger logger, Exception failure);

    [LoggerMessage(12, LogLevel.Information, "{Operation} the signature store works again.")]
    private static partial void LogEnded(ILogger logger, string operation);
}
