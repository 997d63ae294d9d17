using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace FastSignatureCache.Redis.Tests.Support;

/// <summary>A server of its own on loopback, ended when it is disposed of.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private const string Ready = "Ready to accept connections";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsc-redis-");
    private readonly string[] _settings;
    private Process? _process;

    private RedisProcess(string[] settings, int? port)
    {
        _settings = settings;
        Port = port ?? FreePort();
    }

    public int Port { get; }

    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>Starts a server and waits until it serves. Settings come in pairs: a name and its value.</summary>
    public static async Task<RedisProcess> StartAsync(params string[] settings) => await StartAsync(null, settings);

    public static async Task<RedisProcess> StartAsync(int? port, string[] settings)
    {
        var server = new RedisProcess(settings, port);
        await server.StartAgainAsync();
        return server;
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

        string[] arguments =
        [
            "--port", $"{Port}",
            "--bind", "127.0.0.1",
            "--dir", _folder.FullName,
            "--save", "",
            "--appendonly", "no",
            "--loglevel", "notice",
            "--enable-debug-command", "yes",
            .. _settings,
        ];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(Ready, StringComparison.Ordinal))
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

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }
}
