using System.Net;
using System.Net.Sockets;

namespace FastSignatureCache.Gateway.Tests.Support;

/// <summary>A loopback port at which nobody listens, and nobody will: it is taken. A port that was merely free could become the gateway's own.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort()
    {
        _taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Address = new Uri($"http://{_taken.LocalEndPoint}");
    }

    public Uri Address { get; }

    public void Dispose() => _taken.Dispose();
}
