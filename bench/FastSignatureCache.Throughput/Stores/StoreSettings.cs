using FastSignatureCache.Sqlite;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>The settings that are measured: the defaults, without a limit of size.</summary>
internal static class StoreSettings
{
    public static SqliteStoreOptions For(string path) => new() { DatabasePath = path, MaxBytes = long.MaxValue };
}
