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
            if (policy.Provider == provider && StartsWith(name, policy.ModelPrefix))
            {
                return policy;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(provider));
    }

    /// <summary>The model under which a signature is kept.</summary>
    public static string KeyOf(UpstreamPolicy policy, string model) =>
        policy.Scope == SignatureScope.ModelFamily && policy.ModelPrefix.Length > 0 ? policy.ModelPrefix : model;

    // Versions are written 4-5 and 4.5.
    private static bool StartsWith(ReadOnlySpan<char> name, string prefix)
    {
        if (name.Length < prefix.Length)
        {
            return false;
        }

        for (int i = 0; i < prefix.Length; i++)
        {
            if (Plain(name[i]) != Plain(prefix[i]))
            {
                return false;
            }
        }

        return true;

        static char Plain(char letter) => letter == '.' ? '-' : char.ToLowerInvariant(letter);
    }

    // One upstream's models/X and another's google/X are the same model's name.
    private static ReadOnlySpan<char> NameOf(string model) => model.AsSpan(model.LastIndexOf('/') + 1);
}
