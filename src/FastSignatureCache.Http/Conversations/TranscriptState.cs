namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// Running hashes of what was said so far: all of it (<see cref="History"/>), and what was said since the newest user message
/// without the model's own text (<see cref="Turn"/>), which survives clients that compact old turns or drop the model's words.
/// A value: copying it forks the conversation.
/// </summary>
internal struct TranscriptState
{
    private UInt128 _history;
    private UInt128 _turn;

    /// <summary>Hash of everything so far.</summary>
    public readonly ulong History => (ulong)_history;

    /// <summary>Hash of the current turn so far.</summary>
    public readonly ulong Turn => (ulong)_turn;

    /// <summary>All bits of <see cref="Turn"/>.</summary>
    public readonly UInt128 FullTurn => _turn;

    public void BeginTurn() => _turn = 0;

    public void Append(ContentHash hash, Role role, PartKind kind, UInt128 content)
    {
        // A tool's result is the same whether the protocol gives it a role of its own or the user's.
        byte tag = kind is PartKind.Result ? (byte)PartKind.Result : (byte)(((int)role << 4) | (int)kind);
        _history = hash.Mix(tag, _history, content);
        if (role != Role.Model || kind != PartKind.Text)
        {
            _turn = hash.Mix(tag, _turn, content);
        }
    }
}
