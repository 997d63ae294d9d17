using FastSignatureCache.Sqlite.Rows;
using FastSignatureCache.Stores;
using Microsoft.Data.Sqlite;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>The connection that writes, with its statements. Not thread-safe.</summary>
internal sealed class WriteSession : IDisposable
{
    // Whoever looks for notices does so several times a second.
    private static readonly TimeSpan NoticeLife = TimeSpan.FromHours(1);

    private readonly StoreConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _generation;
    private readonly SqliteCommand _highestId;
    private readonly SqliteCommand _lastId;
    private readonly ChangeStatement _removeSame;
    private readonly ChangeStatement _insert;
    private readonly SqliteCommand _removeKey;
    private readonly SqliteCommand _notify;
    private readonly SqliteCommand _forgetNotices;
    private readonly SqliteCommand _expired;
    private readonly SqliteCommand _oldest;
    private readonly SqliteCommand _row;
    private readonly SqliteCommand _removeRow;
    private readonly SqliteCommand _pages;
    private readonly SqliteCommand _freePages;
    private readonly RowChecksum _checksum = new();
    private readonly RowReader _rows = new();
    private readonly long _pageSize;
    private (long Time, long Id) _lastInsert;
    private long? _highest;
    private bool _isDurable = true;

    public WriteSession(StoreConnection connection)
    {
        _connection = connection;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _generation = connection.Prepare(Database.SelectGeneration);
        _highestId = connection.Prepare("SELECT max(id) FROM signatures");
        _lastId = connection.Prepare("SELECT max(id) FROM signatures WHERE id BETWEEN @first AND @last", "@first", "@last");
        _removeSame = connection.PrepareChange("DELETE FROM signatures WHERE slot = ?1 AND key = ?2 AND payload = ?3");
        _insert = connection.PrepareChange($"INSERT INTO signatures ({RowReader.Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        _removeKey = connection.Prepare(
            "DELETE FROM signatures WHERE slot BETWEEN @first AND @last AND substr(key, 1, @length) = @name",
            "@first",
            "@last",
            "@length",
            "@name");
        _notify = connection.Prepare(
            "INSERT INTO removals (instance, time, key) VALUES (@instance, @time, @key)", "@instance", "@time", "@key");
        _forgetNotices = connection.Prepare("DELETE FROM removals WHERE time < @before", "@before");
        _expired = connection.Prepare(
            "SELECT id, length(payload) FROM signatures WHERE expires <= @now ORDER BY expires LIMIT @rows", "@now", "@rows");
        _oldest = connection.Prepare("SELECT id, length(payload) FROM signatures ORDER BY id LIMIT @rows", "@rows");
        _row = connection.Prepare($"SELECT {RowReader.Columns} FROM signatures WHERE id = @id", "@id");
        _removeRow = connection.Prepare("DELETE FROM signatures WHERE id = @id", "@id");
        _pages = connection.Prepare("PRAGMA page_count");
        _freePages = connection.Prepare("PRAGMA freelist_count");
        _pageSize = connection.Scalar("PRAGMA page_size");
        Opening = new(connection.Scalar(Database.SelectGeneration), connection.Scalar("SELECT max(id) FROM removals"));
    }

    /// <summary>The last removal before anything was read: of those that follow, no reader may miss one.</summary>
    public RemovalPosition Opening { get; }

    /// <summary>How many rows were written or removed so far, and how many bytes of payload they had: what there is for a checkpoint to do.</summary>
    public (long Rows, long Bytes) Written { get; private set; }

    /// <summary>The size of what is in use.</summary>
    public long UsedBytes => ((long)_pages.ExecuteScalar()! - (long)_freePages.ExecuteScalar()!) * _pageSize;

    /// <summary>Makes changes in one transaction: all of them or none.</summary>
    /// <param name="isDurable">
    /// Whether they are to be safe on the disk when this returns. If not, the next transaction that is takes them along.
    /// </param>
    /// <param name="change">Makes the changes.</param>
    /// <exception cref="DamagedDatabaseException">Another process sets the file aside, or has done so: what is written to it is lost.</exception>
    public void Transact(bool isDurable, Action<WriteSession> change)
    {
        if (isDurable != _isDurable)
        {
            _connection.Execute(isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _isDurable = isDurable;
        }

        try
        {
            _begin.ExecuteNonQuery();
            DamagedDatabaseException.ThrowIfSetAside(_generation, Opening.Generation);
            _highest = null;
            change(this);
            _commit.ExecuteNonQuery();
        }
        catch
        {
            _connection.TryRollback();
            throw;
        }
    }

    /// <summary>Tells other processes that the file is about to be set aside, as far as it can still be written to.</summary>
    public void Abandon()
    {
        try
        {
            _connection.Execute("UPDATE store SET generation = ~generation");
        }
        catch (SqliteException)
        {
            // They will come upon the damage themselves.
        }
    }

    public void Put(StoredSignature signature)
    {
        var key = RowKey.Of(signature.Key, signature.Context);
        var payload = signature.Payload.Span;
        var slot = key.SlotOf(payload);
        var created = RowTime.Of(signature.CreatedAt);
        _removeSame.Bind(1, slot);
        _removeSame.Bind(2, key.Bytes);
        _removeSame.Bind(3, payload);
        _removeSame.Execute();

        var id = NextId(created);
        var header = new RowHeader(id, slot, RowTime.OfId(id) - created, RowTime.Of(signature.ExpiresAt));
        _insert.Bind(1, id);
        _insert.Bind(2, slot);
        _insert.Bind(3, header.Shift);
        _insert.Bind(4, header.Expires);
        _insert.Bind(5, _checksum.Of(header, key.Bytes, payload));
        _insert.Bind(6, key.Bytes);
        _insert.Bind(7, payload);
        _insert.Execute();
        Count(1, payload.Length);
    }

    /// <summary>Removes everything under a key, and leaves a notice even if there was nothing: others may have it in memory.</summary>
    public void Remove(in SignatureKey signatureKey, long instance, DateTimeOffset now)
    {
        var key = RowKey.Of(signatureKey, default);
        Set(_removeKey, key.Conversation.First, key.Conversation.Last, (long)key.NameLength, key.Bytes[..key.NameLength]);
        Count(_removeKey.ExecuteNonQuery(), 0);
        Notify(instance, now, key.Bytes);
    }

    public void Clear(long instance, DateTimeOffset now)
    {
        _connection.Execute("DELETE FROM signatures");
        Count(1, 0);
        Notify(instance, now, DBNull.Value);
    }

    /// <summary>Removes some of what has expired, longest ago first, up to so many rows and so many bytes of payload.</summary>
    public int RemoveExpired(DateTimeOffset now, int rows, long bytes)
    {
        Set(_expired, RowTime.Of(now), (long)rows);
        return RemoveAll(_expired, bytes);
    }

    /// <summary>Removes some of the oldest, up to so many rows and so many bytes of payload.</summary>
    public int RemoveOldest(int rows, long bytes)
    {
        Set(_oldest, (long)rows);
        return RemoveAll(_oldest, bytes);
    }

    /// <summary>Removes those of some rows that are still damaged.</summary>
    public void RemoveDamaged(IReadOnlyList<long> ids)
    {
        foreach (var id in ids)
        {
            if (IsDamaged(id))
            {
                Remove(id);
            }
        }
    }

    /// <summary>The number that a statement gives.</summary>
    public long Scalar(string sql) => _connection.Scalar(sql);

    /// <summary>Makes the indexes anew from the table.</summary>
    public void Reindex() => _connection.Execute("REINDEX");

    /// <summary>Copies the log into the database as far as nobody reads it, without making other processes wait.</summary>
    public void Checkpoint() => _connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");

    public void Dispose() => _connection.Dispose();

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private void Notify(long instance, DateTimeOffset now, object key)
    {
        Set(_forgetNotices, RowTime.Of(now - NoticeLife));
        _forgetNotices.ExecuteNonQuery();
        Set(_notify, instance, RowTime.Of(now), key);
        _notify.ExecuteNonQuery();
    }

    private long NextId(long created)
    {
        // Behind all others nothing has to be looked for, and that is where nearly all go.
        _highest ??= _highestId.ExecuteScalar() is long highest ? highest : long.MinValue;
        var id = Math.Max(RowTime.FirstId(created), _highest.Value + 1);
        if (id >= RowTime.FirstId(created) + RowTime.IdsPerTick)
        {
            return NextFreeId(created);
        }

        _highest = id;
        return id;
    }

    private long NextFreeId(long created)
    {
        // With very many rows of the same moment the way from the first id would become long: it goes on behind the last.
        var first = _lastInsert.Time == created
            ? RowTime.FirstId(RowTime.OfId(_lastInsert.Id))
            : RowTime.FirstId(created);
        while (true)
        {
            var last = first + RowTime.IdsPerTick - 1;
            Set(_lastId, first, last);
            var id = _lastId.ExecuteScalar() is long highest ? highest + 1 : first;
            if (id <= last)
            {
                _lastInsert = (created, id);
                _highest = Math.Max(_highest!.Value, id);
                return id;
            }

            first += RowTime.IdsPerTick;
        }
    }

    private int RemoveAll(SqliteCommand candidates, long bytes)
    {
        List<long> ids = [];
        using (var reader = candidates.ExecuteReader())
        {
            for (var sum = 0L; sum < bytes && reader.Read(); sum += reader.GetInt64(1))
            {
                ids.Add(reader.GetInt64(0));
            }
        }

        foreach (var id in ids)
        {
            Remove(id);
        }

        return ids.Count;
    }

    private bool IsDamaged(long id)
    {
        Set(_row, id);
        using var reader = _row.ExecuteReader();
        return reader.Read() && !_rows.TryRead(reader.Handle!, out _);
    }

    private void Remove(long id)
    {
        Set(_removeRow, id);
        Count(_removeRow.ExecuteNonQuery(), 0);
    }

    private void Count(int rows, int bytes) => Written = (Written.Rows + rows, Written.Bytes + bytes);
}
