namespace FastSignatureCache;

/// <summary>
/// What stood before a signed part. It tells apart signatures of conversations that look alike under one <see cref="SignatureKey"/>.
/// </summary>
/// <param name="History">A hash of everything before the part in the conversation.</param>
/// <param name="Turn">A hash of everything before the part since the newest user message.</param>
/// <param name="Occurrence">How many equal parts came before it in the conversation: 0 or more.</param>
public readonly record struct SignatureContext(ulong History, ulong Turn, int Occurrence);
