using System.Diagnostics;

namespace FastSignatureCache.Sqlite.Tests.Support;

/// <summary>Another process that works on the same file.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    public ChildProcess(string command, string path, int from = 0)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "sqlite-child.dll"), command, path, $"{from}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
    }

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(TestStores.Ended);

    /// <summary>Ends it at once, wherever it is.</summary>
    /// <returns>What it had written before and nobody has read yet.</returns>
    public async Task<string> KillAsync()
    {
        _process.Kill();
        var rest = await _process.StandardOutput.ReadToEndAsync(TestStores.Ended);
        await _process.WaitForExitAsync(TestStores.Ended);
        return rest;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
