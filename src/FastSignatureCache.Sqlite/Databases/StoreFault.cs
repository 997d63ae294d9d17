using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>Says of trouble what happened, to which file, and what to do about it: SQLite's own messages name no file.</summary>
internal static class StoreFault
{
    /// <returns>What to throw: the exception itself when it says enough, or is not about the file.</returns>
    public static Exception Explain(Exception exception, string path) => exception switch
    {
        SqliteException sqlite => new IOException($"{Describe(sqlite, path)} ({exception.Message})", exception),
        DamagedDatabaseException => new IOException(
            $"'{path}' is damaged, and the new one in its place is too. Check the disk, or set another DatabasePath. ({exception.Message})", exception),
        IOException or UnauthorizedAccessException => new IOException(
            $"'{path}' can't be made or opened. {Permission(path)} ({exception.Message})", exception),
        _ => exception,
    };

    private static string Describe(SqliteException exception, string path) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_FULL =>
            $"'{path}' can't grow: the disk is full. Free some space, or set a smaller MaxBytes.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            $"'{path}' has been locked by another process for longer than the BusyTimeout. End what holds the lock: a backup or a tool, perhaps.",
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            $"'{path}' can't be opened or written to. {Permission(path)}",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            $"'{path}' is damaged, and the new one in its place is too. Check the disk, or set another DatabasePath.",
        _ => $"'{path}' can't be read or written. Check the disk, or set another DatabasePath.",
    };

    private static string Permission(string path) =>
        $"Let this user write to '{Path.GetDirectoryName(path)}', where four files belong together, or set another DatabasePath.";
}
