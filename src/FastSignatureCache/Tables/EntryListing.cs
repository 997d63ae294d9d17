using FastSignatureCache.Candidates;

namespace FastSignatureCache.Tables;

/// <summary>Lists a table page by page, without a lock, and looks at a bounded number of buckets for each.</summary>
internal static class EntryListing
{
    /// <summary>
    /// A page ends after so many buckets, even if it is empty by then: a few milliseconds in a table of millions. It is three times as
    /// many as the largest page needs at the lowest use of the table.
    /// </summary>
    public const int BucketsPerPage = 32_768;

    public const int MaxLimit = 1_000;

    public static SignatureEntryPage List(EntryTable table, SignatureEntryQuery query)
    {
        if (query.Limit is < 1 or > MaxLimit)
        {
            throw new ArgumentException($"The limit must be between 1 and {MaxLimit}, but is {query.Limit}.", nameof(query));
        }

        var cursor = query.Cursor is not null ? Parse(query) : new(table.Length, 0, 0);
        var page = new List<CachedSignature>();
        var states = new List<object>();
        for (var left = BucketsPerPage; left > 0 && cursor.Home < cursor.Homes; cursor = cursor with { Home = cursor.Home + 1, Skip = 0 })
        {
            states.Clear();
            left -= table.CollectHome(cursor.Home, cursor.Homes, states);
            var skipped = 0;
            foreach (var entry in states.SelectMany(KeyState.EntriesOf).Where(entry => Matches(entry, query)))
            {
                if (skipped < cursor.Skip)
                {
                    skipped++;
                }
                else if (page.Count == query.Limit)
                {
                    return new(page, (cursor with { Skip = skipped }).ToString());
                }
                else
                {
                    page.Add(entry);
                    cursor = cursor with { Skip = ++skipped };
                }
            }
        }

        return new(page, cursor.Home < cursor.Homes ? cursor.ToString() : null);
    }

    private static bool Matches(CachedSignature entry, SignatureEntryQuery query) =>
        (query.ConversationId is not { } conversation || entry.KeyReference.ConversationId.StartsWith(conversation, StringComparison.Ordinal))
        && (query.ModelId is not { } model || entry.KeyReference.ModelId == model);

    private static TableCursor Parse(SignatureEntryQuery query) => TableCursor.TryParse(query.Cursor!, out var cursor)
        ? cursor.Value
        : throw new ArgumentException("The cursor is none that an earlier page ended with.", nameof(query));
}
