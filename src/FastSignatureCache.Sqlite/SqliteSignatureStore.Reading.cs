using FastSignatureCache.Sqlite.Databases;
using Microsoft.Data.Sqlite;

namespace FastSignatureCache.Sqlite;

public sealed partial class SqliteSignatureStore
{
    // A database can be replaced, or even two, while a read is on its way; more often than that something else is wrong.
    private const int Attempts = 3;

    private async ValueTask<ReadResult> ReadRowsAsync(Func<ReadSession, ReadResult> read, CancellationToken cancellationToken)
    {
        var result = await ReadAsync(read, cancellationToken).ConfigureAwait(false);
        ForgetDamaged(result.Damaged);
        return result;
    }

    private async ValueTask<T> ReadAsync<T>(Func<ReadSession, T> read, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
            if (_databases.Current is not { } database)
            {
                continue;
            }

            try
            {
                if (await database.Readers.ReadAsync(read, cancellationToken).ConfigureAwait(false) is { } result)
                {
                    return result;
                }
            }
            catch (Exception exception) when (DamagedDatabaseException.IsMeantBy(exception) && attempt < Attempts)
            {
                await _writes.ReplaceAsync(database, exception, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw _databases.Explain(exception);
            }

            ThrowIfDisposed();
        }
    }

    private void ForgetDamaged(List<long> ids)
    {
        if (ids.Count > 0)
        {
            LogDamagedRows(_logger, ids.Count);
            _ = ForgetDamagedAsync(ids);
        }
    }

    private async Task ForgetDamagedAsync(List<long> ids)
    {
        try
        {
            await _writes.WriteAsync(session => session.RemoveDamaged(ids), CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // They are found again.
        }
#pragma warning disable CA1031 // Nobody waits for this. The rows are never returned, and are found again at the next read.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogDamagedRowsStay(_logger, exception, ids.Count);
        }
    }
}
