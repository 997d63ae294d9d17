namespace FastSignatureCache.Emulator.Scripting;

/// <summary>What the model says next: a text, calls, or a text before calls.</summary>
internal sealed record Answer(string? Text, string? TextSignature, IReadOnlyList<AnswerCall> Calls)
{
    /// <summary>The reasoning before all that, where the protocol has it in blocks of its own.</summary>
    public IReadOnlyList<ThinkingBlock> Thinking { get; init; } = [];

    public int SignatureCount =>
        Thinking.Count + Calls.Count(call => call.Signature is not null) + (TextSignature is null ? 0 : 1);
}
