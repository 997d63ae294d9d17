using System.Net;
using System.Text;
using FastSignatureCache.Gateway.Options;

namespace FastSignatureCache.Gateway.Forwarding;

/// <summary>Makes the handler that talks to upstreams, with everything off that would change what passes.</summary>
internal static class UpstreamHandler
{
    public static SocketsHttpHandler Create(GatewayOptions options) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,
        ConnectTimeout = options.ConnectTimeout,
        // Header values may hold any byte. Latin-1 gives every one of them back, here and in Kestrel.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    };
}
