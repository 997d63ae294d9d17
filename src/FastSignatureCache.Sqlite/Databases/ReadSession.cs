using FastSignatureCache.Sqlite.Rows;
using FastSignatureCache.Stores;
using Microsoft.Data.Sqlite;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>A connection that reads, with its statements. Not thread-safe.</summary>
internal sealed class ReadSession : IDisposable
{
    private const int PageRows = 256;
    private const int PageBytes = 1024 * 1024;
    private readonly StoreConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _conversation;
    private readonly SqliteCommand _newest;
    private readonly RowReader _rows = new();

    public ReadSession(StoreConnection connection)
    {
        _connection = connection;
        try
        {
            _begin = connection.Prepare("BEGIN");
            _commit = connection.Prepare("COMMIT");
            _conversation = connection.Prepare(
                $"SELECT {RowReader.Columns} FROM signatures WHERE slot BETWEEN @first AND @last AND expires > @now",
                "@first",
                "@last",
                "@now");
            _newest = connection.Prepare(
                $"SELECT {RowReader.Columns} FROM signatures WHERE id < @before AND +expires > @now ORDER BY id DESC LIMIT {PageRows}",
                "@before",
                "@now");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Everything of some conversations, as of one moment.</summary>
    public ReadResult Read(IReadOnlyCollection<string> conversationIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var result = new ReadResult([], []);
        _begin.ExecuteNonQuery();
        _conversation.Parameters[2].Value = RowTime.Of(now);
        foreach (var conversationId in conversationIds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(conversationId, result);
        }

        _commit.ExecuteNonQuery();
        return result;
    }

    /// <summary>The newest below an id, as many as make a page.</summary>
    public ReadResult ReadNewest(long before, DateTimeOffset now)
    {
        var result = new ReadResult([], []);
        _newest.Parameters[0].Value = before;
        _newest.Parameters[1].Value = RowTime.Of(now);
        using var reader = _newest.ExecuteReader();
        var row = reader.Handle!;
        var (rows, bytes) = (0, 0);
        while (reader.Read())
        {
            before = RowReader.IdOf(row);
            bytes += Take(row, result)?.Payload.Length ?? 0;
            if (++rows == PageRows || bytes >= PageBytes)
            {
                return result with { Next = before };
            }
        }

        return result;
    }

    /// <summary>Copies the log into the database, as far as it goes without waiting for anybody or making anybody wait.</summary>
    /// <returns>Itself.</returns>
    public ReadSession Checkpoint()
    {
        _connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        return this;
    }

    public void Dispose() => _connection.Dispose();

    private void Read(string conversationId, ReadResult result)
    {
        var slots = ConversationSlots.Of(conversationId);
        _conversation.Parameters[0].Value = slots.First;
        _conversation.Parameters[1].Value = slots.Last;
        using var reader = _conversation.ExecuteReader();
        var row = reader.Handle!;
        while (reader.Read())
        {
            var signature = Take(row, result);
            if (signature is not null && !string.Equals(signature.Key.ConversationId, conversationId))
            {
                // Another conversation with the same half of a hash.
                result.Signatures.RemoveAt(result.Signatures.Count - 1);
            }
        }
    }

    private StoredSignature? Take(SQLitePCL.sqlite3_stmt row, ReadResult result)
    {
        if (_rows.TryRead(row, out var signature))
        {
            result.Signatures.Add(signature!);
        }
        else
        {
            result.Damaged.Add(RowReader.IdOf(row));
        }

        return signature;
    }
}
