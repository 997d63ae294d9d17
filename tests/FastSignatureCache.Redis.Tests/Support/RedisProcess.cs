using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FastSignatureCache.Redis.Tests.Support;

/// <summary>A server of its own on loopback, ended when it is disposed of.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsc-redis-");
    private readonly string[] _arguments;
    private readonly string _ready;
    private Process? _process;

    private RedisProcess(int? port, string[] settings)
    {
        Port = port ?? FreePort();
        _ready = "Ready to accept connections";
        _arguments =
        [
            "--port", $"{Port}",
            "--bind", "127.0.0.1",
            "--dir", _folder.FullName,
            "--save", "",
            "--appendonly", "no",
            "--loglevel", "notice",
            "--enable-debug-command", "yes",
            .. settings,
        ];
    }

    // A sentinel keeps what it finds out in its configuration, so that has to be a file.
    private RedisProcess(string[] directives)
    {
        Port = FreePort();
        _ready = "+monitor master";
        var file = Path.Combine(_folder.FullName, "sentinel.conf");
        File.WriteAllLines(file, [$"port {Port}", "bind 127.0.0.1", $"dir {_folder.FullName}", .. directives]);
        _arguments = [file, "--sentinel"];
    }

    public int Port { get; }

    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>Starts a server and waits until it serves. Settings come in pairs: a name and its value.</summary>
    public static async Task<RedisProcess> StartAsync(params string[] settings) => await StartAsync(null, settings);

    public static async Task<RedisProcess> StartAsync(int? port, string[] settings)
    {
        var server = new RedisProcess(port, settings);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts a sentinel and waits until it watches what its directives name.</summary>
    public static async Task<RedisProcess> StartSentinelAsync(params string[] directives)
    {
        var sentinel = new RedisProcess(directives);
        await sentinel.StartAgainAsync();
        return sentinel;
    }

    /// <summary>The same, serving TLS and nothing else. Clients need no certificate.</summary>
    public static async Task<RedisProcess> StartTlsAsync(string certificate, string key)
    {
        var port = FreePort();
        string[] settings =
        [
            "--port", "0",
            "--tls-port", $"{port}",
            "--tls-cert-file", certificate,
            "--tls-key-file", key,
            "--tls-ca-cert-file", certificate,
            "--tls-auth-clients", "no",
        ];
        return await StartAsync(port, settings);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it on the same port if it does not run: with nothing in it, unless the settings say that it keeps something.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null)
        {
            return;
        }

        _process = Process.Start(new ProcessStartInfo("redis-server", _arguments) { RedirectStandardOutput = true })!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(_ready, StringComparison.Ordinal))
            {
                // Goes on reading, so that the server never waits for somebody to take its log.
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException($"redis-server on port {Port} did not start.");
    }

    /// <summary>Ends it at once, as a power failure would.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    /// <summary>Stops it in its tracks: connections stay, and nobody answers.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    public Task ResumeAsync() => SignalAsync("-CONT");

    /// <summary>What it answers to a command.</summary>
    public async Task<string> CommandAsync(params string[] command)
    {
        using var client = Process.Start(new ProcessStartInfo("redis-cli", ["-p", $"{Port}", .. command]) { RedirectStandardOutput = true })!;
        var answer = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return answer.Trim();
    }

    /// <summary>Asks until the answer has a text in it.</summary>
    /// <param name="command">A command with spaces between its words.</param>
    /// <param name="expected">The text.</param>
    public async Task UntilAsync(string command, string expected)
    {
        while (!(await CommandAsync(command.Split(' '))).Contains(expected, StringComparison.Ordinal))
        {
            await Task.Delay(Pause);
        }
    }

    /// <summary>Waits until a replica has all that this primary was sent.</summary>
    public async Task ReplicateAsync()
    {
        // Not by WAIT, which is about what the same client has written.
        var written = Number(await CommandAsync("INFO", "replication"), "master_repl_offset:");
        while (Number(await CommandAsync("INFO", "replication"), ",offset=") < written)
        {
            await Task.Delay(Pause);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    // What follows a name in an answer; -1 if the name is not there.
    private static long Number(string answer, string name)
    {
        var at = answer.IndexOf(name, StringComparison.Ordinal);
        return at < 0
            ? -1
            : long.Parse(string.Concat(answer.Skip(at + name.Length).TakeWhile(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }
}
