namespace FastSignatureCache;

/// <summary>Which entries to list.</summary>
public sealed record SignatureEntryQuery
{
    /// <summary>Only entries whose conversation begins with this, ordinally; null for all.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Only entries of this model; null for all.</summary>
    public string? ModelId { get; init; }

    /// <summary>Where an earlier page ended: its <see cref="SignatureEntryPage.NextCursor"/>. Null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The most entries of a page: 1 to 1,000. The default value is 100.</summary>
    public int Limit { get; init; } = 100;
}
