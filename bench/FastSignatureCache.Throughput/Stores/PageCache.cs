using System.Runtime.InteropServices;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>The system's own cache of files. A store is cold only when nothing of it is in there.</summary>
internal static partial class PageCache
{
    private const int DontNeed = 4;

    /// <summary>Whether this system can be told to forget a file.</summary>
    public static bool CanForget => OperatingSystem.IsLinux();

    /// <summary>Has the system forget what it has of a file that was written long ago.</summary>
    public static void Forget(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

        // What has not been written yet stays.
        RandomAccess.FlushToDisk(file);
        var fault = Advise(file.DangerousGetHandle(), 0, 0, DontNeed);
        if (fault != 0)
        {
            throw new IOException($"The system refused to forget a file: fault {fault}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(nint file, long offset, long length, int advice);
}
