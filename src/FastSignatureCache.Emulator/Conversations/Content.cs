namespace FastSignatureCache.Emulator.Conversations;

/// <summary>One message of a conversation.</summary>
/// <param name="FromModel">Whether the model said it; a user's or a tool's otherwise.</param>
/// <param name="Parts">Its parts, in order.</param>
internal sealed record Content(bool FromModel, IReadOnlyList<Part> Parts)
{
    public IEnumerable<Part> Calls => Parts.Where(part => part.Kind == PartKind.Call);

    public bool HasCalls => Calls.Any();

    public int ResponseCount => Parts.Count(part => part.Kind == PartKind.Response);

    public bool StartsTurn =>
        !FromModel && (Parts.Count == 0 || Parts.Any(part => part.Kind is not (PartKind.Response or PartKind.Instruction)));

    /// <summary>
    /// All it says, without thoughts. A text's signature is bound to this: streams issue it apart from the text, and clients
    /// join the pieces of a text as they like.
    /// </summary>
    public string Text => string.Concat(Parts.Where(part => part.Kind == PartKind.Text).Select(part => part.Text));
}
