using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FastSignatureCache.Gateway.Tests.Support;

/// <summary>Something that answers the beginning of each request with the same bytes, whether they are HTTP or not, and hangs up.</summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;
    private readonly Task _serving;

    public RawUpstream(string answer)
    {
        _answer = Encoding.Latin1.GetBytes(answer);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri BaseAddress => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The number of requests answered.</summary>
    public int Answered { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        var request = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await client.GetStream().ReadAtLeastAsync(request, 1);
                Answered++;
                await client.GetStream().WriteAsync(_answer);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }
}
