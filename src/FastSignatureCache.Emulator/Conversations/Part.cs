namespace FastSignatureCache.Emulator.Conversations;

/// <summary>One part of a message.</summary>
internal sealed record Part(PartKind Kind)
{
    /// <summary>The text, or the canonical JSON of a part that is none of the known kinds.</summary>
    public string Text { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The id of the call that it is or answers, or <see langword="null"/> when the request has none.</summary>
    public string? Id { get; init; }

    /// <summary>The call's arguments as canonical JSON.</summary>
    public string Arguments { get; init; } = "{}";

    /// <summary>The signature just as the request has it, or <see langword="null"/>; a redacted thought's data.</summary>
    public string? Signature { get; init; }

    /// <summary>Where it is in an Anthropic request, <c>messages.0.content.0</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>All that an Anthropic block says, but for what clients move about.</summary>
    public string Exact { get; init; } = "";

    public bool IsThinking => Kind is PartKind.Thought or PartKind.Redacted;
}
