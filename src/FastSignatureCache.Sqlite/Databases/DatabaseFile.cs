using System.Globalization;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>The file of a database, and the two that SQLite keeps beside it.</summary>
internal sealed class DatabaseFile(string path, TimeProvider timeProvider)
{
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnlyFile | UnixFileMode.UserExecute;
    private const string Log = "-wal";
    private const string SharedMemory = "-shm";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>
    /// Makes the file and its folder where they are missing, for their owner alone. SQLite gives the files beside it the same mode.
    /// </summary>
    public void EnsureExists()
    {
        CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        if (!File.Exists(Path))
        {
            CreateFile();
        }

        if (!OperatingSystem.IsWindows())
        {
            NarrowMode(Path);
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
    private void CreateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile;
        }

        try
        {
            File.Open(Path, options).Dispose();
        }
        catch (IOException) when (File.Exists(Path))
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
