using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Tables;

public sealed class EntryListingTests : IDisposable
{
    private readonly SignatureCache _cache = new(new() { Capacity = 200_000, MaxBytes = 1L << 30 });

    public void Dispose() => _cache.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Every_entry_comes_once_whatever_the_page(int limit)
    {
        Put(0, 3_000);

        Assert.Equal(Numbers(0, 3_000), Numbers(Pages(new() { Limit = limit }).SelectMany(page => page)));
    }

    [Fact]
    public void What_stays_comes_while_the_table_grows()
    {
        Put(0, 1_000);
        var seen = new List<CachedSignature>();
        var query = new SignatureEntryQuery { Limit = 10 };
        for (var added = 1_000; ;)
        {
            var page = _cache.List(query);
            seen.AddRange(page.Entries);
            if (page.NextCursor is not { } cursor)
            {
                break;
            }

            query = query with { Cursor = cursor };
            if (added < 20_000)
            {
                Put(added, 500);
                added += 500;
            }
        }

        var numbers = Numbers(seen);
        Assert.Equal(Numbers(0, 1_000), numbers.Where(number => number < 1_000).Distinct());
    }

    [Fact]
    public void All_candidates_under_a_key_are_listed_across_pages()
    {
        for (var i = 1; i <= 5; i++)
        {
            _cache.Put(Signatures.Key(1).With(history: (ulong)i), Signatures.Thought(i));
        }

        var pages = Pages(new() { Limit = 2 }).ToList();
        Assert.All(pages, page => Assert.InRange(page.Count, 0, 2));
        Assert.Equal(
            Enumerable.Range(1, 5).Select(i => Signatures.Thought(i)).Order(),
            pages.SelectMany(page => page).Select(entry => entry.Signature).Order());
    }

    [Fact]
    public void Conversations_are_found_by_their_beginning_and_models_by_their_name()
    {
        Put(0, 20);
        _cache.Put(Signatures.Key(1, "other-model"), Signatures.Thought(1));

        Assert.Equal([1, 1, .. Enumerable.Range(10, 10)], Numbers(_cache.List(new() { ConversationId = "conversation-1" }).Entries));
        Assert.Equal([1], Numbers(_cache.List(new() { ConversationId = "conversation-1", ModelId = "other-model" }).Entries));
        Assert.Empty(_cache.List(new() { ConversationId = "CONVERSATION" }).Entries);
        Assert.Empty(_cache.List(new() { ModelId = "other" }).Entries);
    }

    [Fact]
    public void A_page_may_be_empty_and_not_the_last()
    {
        Put(0, 100_000);

        var page = _cache.List(new() { ConversationId = "none" });
        Assert.Empty(page.Entries);
        Assert.NotNull(page.NextCursor);
        Assert.Equal(page.NextCursor, _cache.List(new() { ConversationId = "none" }).NextCursor);
        Assert.InRange(Pages(new() { ConversationId = "none" }).Count(), 2, 40);
    }

    [Fact]
    public void A_cursor_outlives_a_clearing()
    {
        Put(0, 5_000);
        var cursor = _cache.List(new() { Limit = 100 }).NextCursor;
        _cache.Clear();
        Put(0, 10);

        Assert.InRange(Pages(new() { Cursor = cursor }).SelectMany(page => page).Count(), 0, 10);
    }

    [Fact]
    public void Listing_is_no_use_and_no_look_up()
    {
        Put(0, 1);

        Assert.Equal(0, Assert.Single(_cache.List(new()).Entries).RequestCount);
        Assert.Equal(0, _cache.GetMetrics().Lookups);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public void Limit_out_of_range_is_refused(int limit) =>
        Assert.Contains("between 1 and 1000", Assert.Throws<ArgumentException>(() => _cache.List(new() { Limit = limit })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("40-0")]
    [InlineData("40-40-0")]
    [InlineData("41-0-0")]
    [InlineData("20-0-0")]
    [InlineData("40-0-ffffffff")]
    [InlineData("40000000-0-0")]
    [InlineData("40--1-0")]
    public void Cursor_that_is_none_is_refused(string cursor) =>
        Assert.Throws<ArgumentException>(() => _cache.List(new() { Cursor = cursor }));

    [Fact]
    public void No_query_is_refused() => Assert.Throws<ArgumentNullException>(() => _cache.List(null!));

    private static IEnumerable<int> Numbers(int from, int count) => Enumerable.Range(from, count);

    private static List<int> Numbers(IEnumerable<CachedSignature> entries) =>
        [.. entries.Select(entry => int.Parse(entry.Key.ConversationId["conversation-".Length..], System.Globalization.CultureInfo.InvariantCulture)).Order()];

    private IEnumerable<IReadOnlyList<CachedSignature>> Pages(SignatureEntryQuery query)
    {
        for (var next = query; ;)
        {
            var page = _cache.List(next);
            yield return page.Entries;
            if (page.NextCursor is not { } cursor)
            {
                yield break;
            }

            next = next with { Cursor = cursor };
        }
    }

    private void Put(int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            _cache.Put(Signatures.Key(i), Signatures.Thought(1));
        }
    }
}
