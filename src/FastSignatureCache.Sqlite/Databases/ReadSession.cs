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
    private readonly SqliteCommand _generation;
    private readonly SqliteCommand _removals;
    private readonly RemovalPosition _opening;
    private readonly RowReader _rows = new();

    /// <param name="connection">The connection, which goes with this.</param>
    /// <param name="opening">What the file was like when the database was opened.</param>
    public ReadSession(StoreConnection connection, RemovalPosition opening)
    {
        _connection = connection;
        _opening = opening;
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
            _generation = connection.Prepare(Database.SelectGeneration);
            _removals = connection.Prepare("SELECT id, instance, key FROM removals WHERE id > @after ORDER BY id", "@after");
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
        Begin();
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

    /// <summary>What was removed after a position, by others than an instance.</summary>
    /// <param name="instance">Who asks.</param>
    /// <param name="after">The position up to which it is known; null to begin where the database was opened.</param>
    public RemovalPage ReadRemovals(long instance, RemovalPosition? after)
    {
        Begin();
        after ??= _opening;
        var last = after.Generation == _opening.Generation ? after.Id : 0;
        List<StoreRemoval> removals = [];
        _removals.Parameters[0].Value = last;
        using (var reader = _removals.ExecuteReader())
        {
            while (reader.Read())
            {
                last = reader.GetInt64(0);
                if (reader.GetInt64(1) == instance)
                {
                    continue;
                }

                if (reader.IsDBNull(2))
                {
                    removals.Add(default);
                }
                else if (RowKey.TryRead((byte[])reader[2], out var key, out _))
                {
                    removals.Add(new(key));
                }
            }
        }

        _commit.ExecuteNonQuery();
        return new(_opening with { Id = last }, removals);
    }

    /// <summary>Copies the log into the database, as far as it goes without waiting for anybody or making anybody wait.</summary>
    /// <returns>Itself.</returns>
    public ReadSession Checkpoint()
    {
        _connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        return this;
    }

    public void Dispose() => _connection.Dispose();

    private void Begin()
    {
        _begin.ExecuteNonQuery();
        DamagedDatabaseException.ThrowIfSetAside(_generation, _opening.Generation);
    }

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
