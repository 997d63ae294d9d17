namespace FastSignatureCache.Sqlite;

public sealed partial class SqliteSignatureStore
{
    // The timer's thread is not held up, and a cleanup that takes longer than the interval is not started twice.
    private void Cleanup()
    {
        if (Volatile.Read(ref _cleaning).IsCompleted)
        {
            Volatile.Write(ref _cleaning, Task.Run(CleanupAsync));
        }
    }

    private async Task CleanupAsync()
    {
        try
        {
            var removed = await RemoveExpiredAsync(_disposal.Token).ConfigureAwait(false);
            LogCleanedUp(_logger, removed);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The store is being disposed of.
        }
#pragma warning disable CA1031 // The next interval tries again, whatever it was.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogCleanupFailed(_logger, exception);
        }
    }
}
