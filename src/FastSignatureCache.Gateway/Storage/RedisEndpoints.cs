namespace FastSignatureCache.Gateway.Storage;

/// <summary>What of a connection string may be shown: where it leads.</summary>
internal static class RedisEndpoints
{
    /// <summary>The hosts and ports, which stand before all options. What stands after them can be a piece of a password.</summary>
    public static string Of(string connection)
    {
        var endpoints = connection
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(HostAndPort)
            .TakeWhile(endpoint => !endpoint.Contains('=', StringComparison.Ordinal));
        return string.Join(", ", endpoints);
    }

    // A URL has its credentials before the host, and options behind it.
    private static string HostAndPort(string part)
    {
        var scheme = part.IndexOf("://", StringComparison.Ordinal);
        var rest = part[(scheme < 0 ? 0 : scheme + 3)..].Split('?')[0];
        return rest[(rest.LastIndexOf('@') + 1)..].Split('/')[0];
    }
}
