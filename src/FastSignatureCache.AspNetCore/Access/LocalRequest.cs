using System.Net;
using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.AspNetCore.Access;

/// <summary>Whether a request was made on this machine, by somebody who meant this machine.</summary>
internal static class LocalRequest
{
    // A proxy on this machine connects over loopback, whoever it connects for.
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IsLoopback(address)
        && IsLoopback(context.Request.Host)
        && !ForwardingHeaders.Any(context.Request.Headers.ContainsKey);

    // A name that somebody else's DNS has pointed at this machine (DNS rebinding) has another name in the header.
    private static bool IsLoopback(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host, out var address) && IsLoopback(address));

    private static bool IsLoopback(IPAddress address) =>
        IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
