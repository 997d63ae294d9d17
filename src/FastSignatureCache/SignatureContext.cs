namespace FastSignatureCache;

/// <summary>
/// What stood before a signed part. It tells apart signatures of conversations that look alike under one <see cref="SignatureKey"/>.
/// </summary>
/// <param name="History">A hash of everything before the part in the conversation.</param>
/// <param name="Turn">A hash of everything before the part since the newest user message.</param>
/// <param name="Occurrence">
/// What else tells a part from its equals where nothing that stood before it agrees, such as how many of them came before it.
/// </param>
public readonly record struct SignatureContext(ulong History, ulong Turn, int Occurrence);
