namespace FastSignatureCache.Http.Policies;

/// <summary>The policies in the order in which they are asked. Immutable.</summary>
internal sealed class UpstreamPolicies(IEnumerable<UpstreamPolicy> own)
{
    private readonly UpstreamPolicy[] _policies = [.. own, .. UpstreamPolicy.Defaults];

    /// <summary>The first policy for the provider and the model. The defaults have one for every model.</summary>
    public UpstreamPolicy Of(UpstreamProvider provider, string model)
    {
        ReadOnlySpan<char> name = NameOf(model);
        foreach (UpstreamPolicy policy in _policies)
        {
            if (policy.Provider == provider && name.StartsWith(policy.ModelPrefix, StringComparison.OrdinalIgnoreCase))
            {
                return policy;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(provider));
    }

    /// <summary>The model under which a signature is kept.</summary>
    public static string KeyOf(UpstreamPolicy policy, string model) =>
        policy.Scope == SignatureScope.ModelFamily && policy.ModelPrefix.Length > 0 ? policy.ModelPrefix : model;

    // One upstream's models/X and another's google/X are the same model's name.
    private static ReadOnlySpan<char> NameOf(string model) => model.AsSpan(model.LastIndexOf('/') + 1);
}
