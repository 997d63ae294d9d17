namespace FastSignatureCache.Emulator.Scripting;

/// <summary>One block of an answer's reasoning.</summary>
/// <param name="Redacted">Whether it is a <c>redacted_thinking</c> block, which has data and no text.</param>
/// <param name="Text">What it says; can be empty.</param>
/// <param name="Signature">Its signature; a redacted block's data.</param>
internal sealed record ThinkingBlock(bool Redacted, string Text, string Signature);
