namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>Where a client has its key.</summary>
public enum KeyPlace
{
    Bearer,
    GoogleHeader,
    Query,
}
