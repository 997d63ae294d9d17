namespace FastSignatureCache.Bench.GatewayOverhead.Hosts;

/// <summary>What a server is in the measurement.</summary>
internal enum HostRole
{
    Upstream,
    Bare,
    Reading,
    Gateway,
}
