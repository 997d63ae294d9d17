using System.Runtime.CompilerServices;
using FastSignatureCache.Sqlite.Databases;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Sqlite;

public sealed partial class SqliteSignatureStore
{
    // SQLite tells nobody what others do, so somebody has to look. One look takes tens of microseconds.
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    // Up to where they were told. Whoever enumerates anew goes on there, or from the opening of the file: memory may have what was read since.
    private RemovalPosition? _told;

    /// <inheritdoc/>
    /// <remarks>
    /// Looks into the file four times a second. The first enumeration begins with what was removed since the file was opened, a later one where
    /// the last ended, so that nothing is lost in trouble; what was told last may be told again.
    /// </remarks>
    public async IAsyncEnumerable<StoreRemoval> WatchRemovalsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        using var timer = new PeriodicTimer(WatchInterval, _timeProvider);
        do
        {
            var after = Volatile.Read(ref _told);
            var page = await ReadAsync(session => session.ReadRemovals(_instance, after), cancellationToken).ConfigureAwait(false);
            foreach (var removal in page.Removals)
            {
                yield return removal;
            }

            Volatile.Write(ref _told, page.Position);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }
}
