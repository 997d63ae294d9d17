namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>How a client's requests reach the emulator.</summary>
public enum Passage
{
    /// <summary>Without the product.</summary>
    Straight,

    /// <summary>Through the gateway.</summary>
    Gateway,

    /// <summary>With the restoring handler in the client's own HttpClient, and no gateway.</summary>
    InProcess,
}
