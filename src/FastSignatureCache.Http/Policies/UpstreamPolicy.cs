namespace FastSignatureCache.Http;

/// <summary>What one upstream holds of signatures, for one family of its models. Immutable.</summary>
public sealed record UpstreamPolicy
{
    /// <summary>Gets whose upstream this is about.</summary>
    public required UpstreamProvider Provider { get; init; }

    /// <summary>
    /// Gets how the names of the models begin that this is about, without what stands before the last slash, as in
    /// <c>google/gemini-3-pro</c>. Case does not count, and a dot is a dash. This value must not be null. The default value is empty: all models.
    /// </summary>
    public string ModelPrefix { get; init; } = "";

    /// <summary>Gets for which models a signature is good. The default value is <see cref="SignatureScope.Model"/>.</summary>
    public SignatureScope Scope { get; init; }

    /// <summary>
    /// Gets whether a signature is good for the account only that it was issued to. Then the credential itself belongs to the
    /// conversation's id even where <see cref="SignatureRestorationOptions.CallerHeaders"/> name the caller. The default value is false.
    /// </summary>
    public bool IsAccountBound { get; init; }

    /// <summary>
    /// Gets whether a signature is good only after exactly what stood before it: instructions, tools, messages and their thinking. Then
    /// nothing is put back into a history that was changed. The default value is false.
    /// </summary>
    public bool IsPrefixBound { get; init; }

    /// <summary>Gets what may not be missing. The default value is <see cref="FastSignatureCache.Http.CheckedParts.None"/>.</summary>
    public CheckedParts CheckedParts { get; init; }

    /// <summary>
    /// Gets what is sent for a signature that nobody has, on the first call of a step, after the upstream refused the request for want of
    /// it. This value must be null or a placeholder as <see cref="ThoughtSignature.IsPlaceholder(ReadOnlySpan{char})"/> knows them.
    /// The default value is null: nothing.
    /// </summary>
    public string? Placeholder { get; init; }

    /// <summary>
    /// Gets the providers' rules as of November 2026, most special first. They are asked after
    /// <see cref="SignatureRestorationOptions.Policies"/>.
    /// </summary>
    /// <remarks>
    /// Gemini: <see href="https://ai.google.dev/gemini-api/docs/thought-signatures"/>; Vertex AI:
    /// <see href="https://cloud.google.com/vertex-ai/generative-ai/docs/thought-signatures"/>; Anthropic:
    /// <see href="https://platform.claude.com/docs/en/build-with-claude/extended-thinking"/>, and for the binding to a prefix its API's
    /// own messages.
    /// </remarks>
    public static IReadOnlyList<UpstreamPolicy> Defaults { get; } =
    [
        .. ForGemini(UpstreamProvider.GeminiApi),
        .. ForGemini(UpstreamProvider.VertexAi),
        .. ForGemini(UpstreamProvider.OpenRouter),
        .. ForClaude(CheckedParts.None, "claude-opus-4-6", "claude-opus-4-7", "claude-opus-4-8", "claude-sonnet-4-6", "claude-sonnet-4-7", "claude-sonnet-4-8"),
        .. ForClaude(CheckedParts.Thinking, "claude-3", "claude-haiku-4", "claude-opus-4", "claude-sonnet-4"),
        new() { Provider = UpstreamProvider.Anthropic, IsPrefixBound = true, IsAccountBound = true },
    ];

    private static IEnumerable<UpstreamPolicy> ForClaude(CheckedParts checkedParts, params IEnumerable<string> families) => families.Select(
        family => new UpstreamPolicy { Provider = UpstreamProvider.Anthropic, ModelPrefix = family, CheckedParts = checkedParts });

    private static IEnumerable<UpstreamPolicy> ForGemini(UpstreamProvider provider) =>
    [
        new() { Provider = provider, ModelPrefix = "gemini-2" },
        new() { Provider = provider, CheckedParts = CheckedParts.Calls, Placeholder = "skip_thought_signature_validator" },
    ];
}
