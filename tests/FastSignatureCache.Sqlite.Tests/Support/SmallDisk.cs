using System.Diagnostics;

namespace FastSignatureCache.Sqlite.Tests.Support;

/// <summary>A disk of a few megabytes that lies in memory, where the user may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    public static SmallDisk? TryMount(string folder, int megabytes)
    {
        var path = System.IO.Path.Combine(folder, "disk");
        Directory.CreateDirectory(path);
        return OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) ? new(path) : null;
    }

    public void Remount(string option) => Assert.True(Run("mount", "-o", $"remount,{option}", Path));

    /// <summary>Writes to a file until there is no room for more.</summary>
    public void Fill()
    {
        using var ballast = File.OpenHandle(Ballast, FileMode.Create, FileAccess.Write);
        var page = new byte[4_096];
        for (var offset = 0L; ; offset += page.Length)
        {
            try
            {
                RandomAccess.Write(ballast, page, offset);
            }
            catch (IOException)
            {
                return;
            }
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose() => Assert.True(Run("umount", Path));

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
