namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>A call as the model made it.</summary>
internal sealed record Call(string Name, string Arguments, string? Id);

/// <summary>What the model issued a signature for: the signed part after all words that the client had sent before it.</summary>
/// <param name="Signature">The signature; null where the model gave none.</param>
/// <param name="Words">Caller, conversation, instructions, all that was said, and the part itself, without ids.</param>
/// <param name="Turn">Of that, what belongs to the turn: conversation, instructions, and what was said since the newest user message but for the model's own text.</param>
/// <param name="CallId">The id that the model gave the signed call.</param>
internal sealed record Issued(string? Signature, string Words, string Turn, string? CallId);
