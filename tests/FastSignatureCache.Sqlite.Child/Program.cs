using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FastSignatureCache;
using FastSignatureCache.Sqlite;
using Microsoft.Data.Sqlite;

var (command, path, from) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
if (command == "put")
{
    await using var store = new SqliteSignatureStore(new() { DatabasePath = path });
    await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => PutOnAsync(store, from + caller, step: 4)));
}
else
{
    using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
    connection.Open();
    using var locking = connection.CreateCommand();
    locking.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
    locking.ExecuteNonQuery();
    Console.WriteLine("locked");
    await Console.In.ReadLineAsync();
}

// Until it is killed: what is printed has been put, and its bytes follow from its number.
static async Task PutOnAsync(SqliteSignatureStore store, int number, int step)
{
    for (; ; number += step)
    {
        var payload = SHA256.HashData(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
        var key = new SignatureKey("child", "model", number.ToString(CultureInfo.InvariantCulture));
        await store.PutAsync([new(key, default, payload, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue)], CancellationToken.None);
        Console.WriteLine(number);
    }
}
