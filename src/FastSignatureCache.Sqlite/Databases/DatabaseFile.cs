using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>The file of a database, and the two that SQLite keeps beside it.</summary>
internal sealed class DatabaseFile(string path, TimeSpan busyTimeout, TimeProvider timeProvider)
{
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnlyFile | UnixFileMode.UserExecute;
    private const string LockFile = "-lock";
    private const string Log = "-wal";
    private const string SharedMemory = "-shm";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>
    /// Makes the file where it is missing, for its owner alone. SQLite gives the files beside it the same mode.
    /// </summary>
    public void EnsureExists()
    {
        CreateFile(Path);

        if (!OperatingSystem.IsWindows())
        {
            NarrowMode(Path);
        }
    }

    /// <summary>
    /// Keeps other processes from setting the file aside, until this is disposed of or the process ends. Every connection is opened with it:
    /// SQLite finds the log by its name, and one file's log beside another file would destroy that.
    /// </summary>
    public IDisposable Lock()
    {
        // SQLite's own locks wait for each other as long as they are told to. Nothing is ever written to this file.
        CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        CreateFile(Path + LockFile);
        var connection = new StoreConnection(Path + LockFile, busyTimeout);
        try
        {
            connection.Execute("BEGIN EXCLUSIVE");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file is still that of a generation, rather than a new one that another process began.</summary>
    public bool IsOf(long generation)
    {
        if (!File.Exists(Path))
        {
            return false;
        }

        try
        {
            using var connection = new StoreConnection(Path, busyTimeout);
            return connection.Scalar(Database.SelectGeneration) == generation;
        }
        catch (SqliteException exception) when (DamagedDatabaseException.IsMeantBy(exception))
        {
            return true;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            // It has no such table, or not yet: a new one. If not, opening it will tell.
            return false;
        }
    }

    /// <summary>Renames the files of a database that is closed, so that a new one can begin, and says how the old one is called now.</summary>
    public string SetAside()
    {
        var name = Path + timeProvider.GetUtcNow().ToString("'.damaged-'yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var free = name;
        for (var i = 2; File.Exists(free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        File.Move(Path, free);
        // What is left of a log goes with its database: alone neither is of use to whoever wants to rescue something.
        if (File.Exists(Path + Log))
        {
            File.Move(Path + Log, free + Log);
        }

        File.Delete(Path + SharedMemory);
        return free;
    }

    // Never opens a file that is there: closing it would take away the locks of every connection this process has to it.
    private static void CreateFile(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile;
        }

        try
        {
            File.Open(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void NarrowMode(string path)
    {
        foreach (var file in new[] { path, path + Log, path + SharedMemory })
        {
            if (File.Exists(file) && (File.GetUnixFileMode(file) & ~OwnerOnlyFile) != 0)
            {
                File.SetUnixFileMode(file, File.GetUnixFileMode(file) & OwnerOnlyFile);
            }
        }
    }
}
