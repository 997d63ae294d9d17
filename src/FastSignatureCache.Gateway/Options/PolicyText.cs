using FastSignatureCache.Http;

namespace FastSignatureCache.Gateway.Options;

/// <summary>
/// Reads an upstream's policy: whose upstream, perhaps how its models' names begin, and what it holds of signatures, as in
/// <c>vertex/gemini-3: family checks-calls placeholder=skip_thought_signature_validator</c>.
/// </summary>
internal static class PolicyText
{
    private const string PlaceholderWord = "placeholder=";

    private static readonly (string Name, UpstreamProvider Value)[] Providers =
    [
        ("gemini", UpstreamProvider.GeminiApi), ("vertex", UpstreamProvider.VertexAi),
        ("openrouter", UpstreamProvider.OpenRouter), ("anthropic", UpstreamProvider.Anthropic),
    ];

    /// <exception cref="FormatException">It is no policy; the message says what would be.</exception>
    public static UpstreamPolicy Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var upstream = (colon < 0 ? text : text[..colon]).Trim();
        var slash = upstream.IndexOf('/', StringComparison.Ordinal);
        var policy = new UpstreamPolicy
        {
            Provider = SettingText.Choice(slash < 0 ? upstream : upstream[..slash], Providers),
            ModelPrefix = slash < 0 ? "" : upstream[(slash + 1)..],
        };
        return (colon < 0 ? "" : text[(colon + 1)..])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(policy, With);
    }

    private static UpstreamPolicy With(UpstreamPolicy policy, string word) => word switch
    {
        "exact" => policy with { Scope = SignatureScope.Model },
        "family" => policy with { Scope = SignatureScope.ModelFamily },
        "account-bound" => policy with { IsAccountBound = true },
        "prefix-bound" => policy with { IsPrefixBound = true },
        "checks-calls" => policy with { CheckedParts = policy.CheckedParts | CheckedParts.Calls },
        "checks-thinking" => policy with { CheckedParts = policy.CheckedParts | CheckedParts.Thinking },
        _ when word.StartsWith(PlaceholderWord, StringComparison.Ordinal) => policy with { Placeholder = word[PlaceholderWord.Length..] },
        _ => throw new FormatException(
            "must have words out of exact, family, account-bound, prefix-bound, checks-calls, checks-thinking and placeholder=TEXT after the "
            + $"colon, but has '{word}'"),
    };
}
