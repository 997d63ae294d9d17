using System.Diagnostics;

namespace FastSignatureCache.Gateway.Tests.Support;

/// <summary>The gateway as users run it: the built program in a process of its own.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly List<string> _lines = [];

    private GatewayProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <param name="args">The command line.</param>
    /// <param name="environment">Variables to set, or to take away where there is no value.</param>
    public static GatewayProcess Start(string[] args, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "FastSignatureCache.Gateway.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        // The user's own folder is no place for tests; one that wants a folder says which, and the command line goes first.
        start.Environment["Gateway__Store__Data"] = "none";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new GatewayProcess(Process.Start(start)!);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string[] args, params (string Name, string? Value)[] environment)
    {
        await using var gateway = Start(args, environment);
        return await gateway.WaitAsync();
    }

    /// <summary>Waits until it says that it listens.</summary>
    public async Task<Uri> WaitUntilListeningAsync()
    {
        Uri? address = null;
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _lines.Add(line);
            if (line.Contains("listens on", StringComparison.Ordinal))
            {
                address = new Uri(line.Split(' ')[^1]);
            }

            if (line.StartsWith("Press Ctrl+C", StringComparison.Ordinal))
            {
                return address!;
            }
        }

        throw new InvalidOperationException("The gateway ended: " + await _error);
    }

    /// <summary>What Ctrl+C sends.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>What a service manager sends.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<(int ExitCode, string Output, string Error)> WaitAsync()
    {
        var rest = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, string.Join('\n', [.. _lines, rest]), await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
