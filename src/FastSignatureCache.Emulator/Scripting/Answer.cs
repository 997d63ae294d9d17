namespace FastSignatureCache.Emulator.Scripting;

/// <summary>What the model says next: a text, calls, or a text before calls.</summary>
internal sealed record Answer(string? Text, string? TextSignature, IReadOnlyList<AnswerCall> Calls)
{
    public int SignatureCount => Calls.Count(call => call.Signature is not null) + (TextSignature is null ? 0 : 1);
}
