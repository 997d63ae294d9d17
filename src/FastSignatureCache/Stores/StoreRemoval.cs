namespace FastSignatureCache.Stores;

/// <summary>Notice that another process has removed something from a store.</summary>
/// <param name="Key">The key under which everything was removed; <c>default</c> when everything in the store was.</param>
public readonly record struct StoreRemoval(SignatureKey Key)
{
    /// <summary>Whether everything in the store was removed.</summary>
    public bool IsOfEverything => Key.IsDefault;
}
