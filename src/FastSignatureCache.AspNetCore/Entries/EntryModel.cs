namespace FastSignatureCache.AspNetCore.Entries;

/// <summary>Everything about an entry but its signature.</summary>
/// <param name="Id">Names the entry in a DELETE.</param>
/// <param name="Conversation">The key's conversation.</param>
/// <param name="Model">The key's model.</param>
/// <param name="Part">The key's part; empty for the conversation's latest signature.</param>
/// <param name="CreatedAt">When it was put.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="Uses">How many look-ups it has answered.</param>
/// <param name="Length">The signature's length in characters.</param>
/// <param name="Fingerprint">The first 8 bytes of the signature's SHA-256, in hexadecimal.</param>
internal sealed record EntryModel(
    string Id,
    string Conversation,
    string Model,
    string Part,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    long Uses,
    int Length,
    string Fingerprint)
{
    public static EntryModel Of(CachedSignature entry)
    {
        var key = entry.Key;
        return new(
            EntryId.Of(key),
            key.ConversationId,
            key.ModelId,
            key.PartId,
            entry.CreatedAt,
            entry.ExpiresAt,
            entry.RequestCount,
            entry.Length,
            Entries.Fingerprint.Of(entry));
    }
}
