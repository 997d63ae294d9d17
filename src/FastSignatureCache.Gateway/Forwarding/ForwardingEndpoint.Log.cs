using Yarp.ReverseProxy.Forwarder;

namespace FastSignatureCache.Gateway.Forwarding;

// Paths only, never a query: it may hold a key.
internal sealed partial class ForwardingEndpoint
{
    [LoggerMessage(1, LogLevel.Warning, "{Method} {Path} failed at {Upstream} ({Error}): {Reason}")]
    private partial void LogFailure(string method, string path, string upstream, ForwarderError error, string reason);

    [LoggerMessage(2, LogLevel.Debug, "{Method} {Path}: the client went away.")]
    private partial void LogClientGone(string method, string path);
}
