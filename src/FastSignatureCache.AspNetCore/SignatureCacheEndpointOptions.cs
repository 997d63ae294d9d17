namespace FastSignatureCache.AspNetCore;

/// <summary>The settings of the dashboard and the HTTP interface.</summary>
public sealed class SignatureCacheEndpointOptions
{
    /// <summary>
    /// The key that lets others than this machine in: as a bearer token, or as the password of HTTP basic authentication, for which browsers
    /// ask by themselves. This value must have at least 16 characters. The default value is null: no key does.
    /// </summary>
    public string? AdminKey { get; set; }
}
