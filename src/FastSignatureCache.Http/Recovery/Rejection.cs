namespace FastSignatureCache.Http.Recovery;

/// <summary>What an upstream says of a signature that it refuses.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Entry">The number of the entry of the conversation, from 0; null when the text names none.</param>
/// <param name="Position">The number of the part in the entry, from 0; null when the text names none.</param>
internal sealed record Rejection(RejectionReason Reason, int? Entry = null, int? Position = null);
