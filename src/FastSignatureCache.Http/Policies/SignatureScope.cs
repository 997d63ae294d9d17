namespace FastSignatureCache.Http;

/// <summary>For which models a signature is good.</summary>
public enum SignatureScope
{
    /// <summary>The very model that was asked for when it was issued.</summary>
    Model,

    /// <summary>All models of the family, which is those whose names begin with <see cref="UpstreamPolicy.ModelPrefix"/>.</summary>
    ModelFamily,
}
