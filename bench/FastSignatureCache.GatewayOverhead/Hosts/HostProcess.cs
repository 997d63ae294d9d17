using System.Diagnostics;

namespace FastSignatureCache.Bench.GatewayOverhead.Hosts;

/// <summary>
/// A server in a process of its own, so that it has its own heap, threads and compiled code, and pays for its own garbage.
/// </summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HostProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<HostProcess> StartAsync(HostRole role, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [typeof(HostProcess).Assembly.Location, HostCommand.Name, role.ToString(), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) != "dotnet")
        {
            // Not run by the general host, but by the program's own.
            start.ArgumentList.RemoveAt(0);
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        return Uri.TryCreate(line, UriKind.Absolute, out var address)
            ? new HostProcess(process, address)
            : throw new InvalidOperationException($"The {role} does not start.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }
}
