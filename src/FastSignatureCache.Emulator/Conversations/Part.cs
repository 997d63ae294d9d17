namespace FastSignatureCache.Emulator.Conversations;

/// <summary>One part of a message.</summary>
internal sealed record Part(PartKind Kind)
{
    /// <summary>The text, or the canonical JSON of a part that is none of the known kinds.</summary>
    public string Text { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The call's id, or <see langword="null"/> when the request has none.</summary>
    public string? Id { get; init; }

    /// <summary>The call's arguments as canonical JSON.</summary>
    public string Arguments { get; init; } = "{}";

    /// <summary>The signature just as the request has it, or <see langword="null"/>.</summary>
    public string? Signature { get; init; }
}
