using StackExchange.Redis;

namespace FastSignatureCache.Redis.Commands;

/// <summary>A place in one index, on the way from its newest conversation to its oldest.</summary>
/// <remarks>
/// The place is a time and how many conversations of that time were seen, not a rank: conversations that come in at the front meanwhile shift ranks.
/// </remarks>
internal sealed class IndexCursor(RedisKey index)
{
    private const int PageSize = 256;
    private readonly Queue<SortedSetEntry> _page = new();
    private double _last = double.PositiveInfinity;
    private int _seenOfLast;
    private bool _isAtEnd;

    /// <summary>Whether the next page has to be asked for before it is known what comes next.</summary>
    public bool NeedsPage => _page.Count == 0 && !_isAtEnd;

    /// <summary>When the newest signature of the next conversation was created at the latest (ms); null at the end.</summary>
    public double? Next => _page.TryPeek(out var conversation) ? conversation.Score : null;

    public Task<SortedSetEntry[]> AskAsync(IDatabase database) =>
        database.SortedSetRangeByScoreWithScoresAsync(
            index, double.NegativeInfinity, _last, Exclude.None, Order.Descending, _seenOfLast, PageSize);

    public void Add(SortedSetEntry[] page)
    {
        _isAtEnd = page.Length < PageSize;
        foreach (var conversation in page)
        {
            _page.Enqueue(conversation);
            _seenOfLast = conversation.Score == _last ? _seenOfLast + 1 : 1;
            _last = conversation.Score;
        }
    }

    public byte[] Take() => _page.Dequeue().Element!;
}
