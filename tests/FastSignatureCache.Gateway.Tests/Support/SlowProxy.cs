using System.Net;
using System.Net.Sockets;

namespace FastSignatureCache.Gateway.Tests.Support;

/// <summary>Stands before a server on loopback, and can hold back each of its answers for a while.</summary>
internal sealed class SlowProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly int _port;
    private readonly Task _accepting;

    public SlowProxy(int port)
    {
        _port = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Endpoint => _listener.LocalEndpoint.ToString()!;

    /// <summary>How long answers are held back.</summary>
    public TimeSpan Delay { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient { NoDelay = true })
        {
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _port, _ending.Token);
            await Task.WhenAny(
                PumpAsync(client.GetStream(), server.GetStream(), () => TimeSpan.Zero),
                PumpAsync(server.GetStream(), client.GetStream(), () => Delay));
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Func<TimeSpan> delay)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.ReadAsync(buffer, _ending.Token) is > 0 and var length)
            {
                await Task.Delay(delay(), _ending.Token);
                await to.WriteAsync(buffer.AsMemory(0, length), _ending.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Whichever side it was, the other is closed now.
        }
    }
}
