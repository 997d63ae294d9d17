namespace FastSignatureCache.AspNetCore.Entries;

/// <summary>A page of entries.</summary>
/// <param name="Entries">The entries, in no order.</param>
/// <param name="NextCursor">What to ask for the next page with; null on the last one. A page may be empty and not the last.</param>
internal sealed record EntryPage(IReadOnlyList<EntryModel> Entries, string? NextCursor);
