using FastSignatureCache.Gateway.Options;

namespace FastSignatureCache.Dashboard.Support;

/// <summary>Settings that bring a gateway into some state.</summary>
internal static class States
{
    /// <summary>A Redis that nobody listens for.</summary>
    public static void StoreOutOfReach(GatewayOptions options)
    {
        options.Store.Data = null;
        options.Store.Redis = "127.0.0.1:1";
        options.Restoration.Secret = "a secret of some length";
    }
}
