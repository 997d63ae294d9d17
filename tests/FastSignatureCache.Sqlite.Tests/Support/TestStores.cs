using FastSignatureCache.Stores;
using FastSignatureCache.Stores.Conformance;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Sqlite.Tests.Support;

internal static class TestStores
{
    public static CancellationToken Ended => TestContext.Current.CancellationToken;

    public static FakeTimeProvider Clock() => new(SignatureStoreConformance.Start);

    public static SqliteSignatureStore Open(string path, TimeProvider? time = null) =>
        Open(new SqliteStoreOptions { DatabasePath = path }, time);

    public static SqliteSignatureStore Open(SqliteStoreOptions options, TimeProvider? time = null) => new(options, time ?? Clock());

    public static Task PutAsync(this SqliteSignatureStore store, params StoredSignature[] signatures) =>
        store.PutAsync(signatures, Ended).AsTask();

    public static async Task<IReadOnlyList<StoredSignature>> GetAsync(this SqliteSignatureStore store, params string[] conversationIds) =>
        await store.GetAsync(conversationIds, Ended);

    public static async Task<List<StoredSignature>> GetNewestAsync(this SqliteSignatureStore store)
    {
        List<StoredSignature> found = [];
        await foreach (var signature in store.GetNewestAsync(Ended))
        {
            found.Add(signature);
        }

        return found;
    }

    /// <summary>A connection past the store, as another program would have one.</summary>
    public static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    public static long Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long value ? value : 0;
    }

    public static string Text(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }

    public static long Run(string path, string sql)
    {
        using var connection = Connect(path);
        return connection.Run(sql);
    }
}
