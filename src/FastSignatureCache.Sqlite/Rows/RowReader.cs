using FastSignatureCache.Stores;
using SQLitePCL;

namespace FastSignatureCache.Sqlite.Rows;

/// <summary>Reads a row that a statement stands on, and believes nothing that its checksum does not confirm. Not thread-safe.</summary>
internal sealed class RowReader
{
    /// <summary>The columns that a statement must have for this, in this order.</summary>
    public const string Columns = "id, slot, shift, expires, checksum, key, payload";

    private const int ChecksumColumn = 4;
    private const int KeyColumn = 5;
    private const int PayloadColumn = 6;
    private readonly RowChecksum _checksum = new();

    public static long IdOf(sqlite3_stmt row) => raw.sqlite3_column_int64(row, 0);

    // The raw interface never throws: a value of a wrong type, in a damaged row, reads as 0 or as other bytes.
    public bool TryRead(sqlite3_stmt row, out StoredSignature? signature)
    {
        signature = null;
        var header = new RowHeader(
            IdOf(row), raw.sqlite3_column_int64(row, 1), raw.sqlite3_column_int64(row, 2), raw.sqlite3_column_int64(row, 3));
        var keyBytes = raw.sqlite3_column_blob(row, KeyColumn);
        var payload = raw.sqlite3_column_blob(row, PayloadColumn);
        if (payload.IsEmpty
            || raw.sqlite3_column_int64(row, ChecksumColumn) != _checksum.Of(header, keyBytes, payload)
            || !RowKey.TryRead(keyBytes, out var key, out var context))
        {
            return false;
        }

        signature = new(key, context, payload.ToArray(), RowTime.ToTime(header.Created), RowTime.ToTime(header.Expires));
        return true;
    }
}
