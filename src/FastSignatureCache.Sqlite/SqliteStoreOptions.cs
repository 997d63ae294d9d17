namespace FastSignatureCache.Sqlite;

/// <summary>The settings of a <see cref="SqliteSignatureStore"/>. All are checked together, and all faults are named at once.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>
    /// The database file. This value must be a path, and not that of a folder. Its folder is made where it is missing, for its owner alone.
    /// There are three more files beside it, with <c>-wal</c>, <c>-shm</c> and <c>-lock</c> at the end. It must be on a disk of this machine:
    /// SQLite's log does not work over a network. The default value is <c>FastSignatureCache/signatures.db</c> in the platform's folder for
    /// application data; empty, and so a fault, where there is none.
    /// </summary>
    public string DatabasePath { get; set; } = DefaultPath();

    /// <summary>
    /// The size of the database in bytes from which on the oldest signatures are removed, in the background; the log beside it comes on top. This
    /// value must be at least 1,048,576 (1 MiB). The default value is 1,073,741,824 (1 GiB).
    /// </summary>
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>
    /// How long the first of several writes waits for others to share its transaction. With none, those share one that come while another is
    /// being written, which is enough to keep a busy store efficient. This value must be between zero and 1 second.
    /// The default value is zero.
    /// </summary>
    public TimeSpan CommitDelay { get; set; } = TimeSpan.Zero;

    /// <summary>The most calls that share one transaction. This value must be between 1 and 10,000. The default value is 1,024.</summary>
    public int MaxCommitBatch { get; set; } = 1_024;

    /// <summary>
    /// How long to wait for another process that has locked the file. This value must be between 1 millisecond and 1 minute.
    /// The default value is 5 seconds.
    /// </summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most reads at the same time; others wait. This value must be between 1 and 64. The default value is 4.</summary>
    public int MaxReaders { get; set; } = 4;

    private static string DefaultPath()
    {
        var folder = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length == 0 ? "" : Path.Combine(folder, "FastSignatureCache", "signatures.db");
    }
}
