using FastSignatureCache.Sqlite.Tests.Support;
using FastSignatureCache.Sqlite.Writing;
using FastSignatureCache.Stores;
using FastSignatureCache.Stores.Conformance;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Sqlite.Tests;

public sealed class SqliteSignatureStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_put_survives_reopening()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, 500).Select(i => Numbered(i, $"conversation {i % 9}"))];
        await using (var store = TestStores.Open(_folder.Database))
        {
            await store.PutAsync(all);
        }

        await using var reopened = TestStores.Open(_folder.Database);
        AssertSame(all, await reopened.GetNewestAsync());
    }

    [Fact]
    public async Task What_was_put_is_in_the_files_without_closing_them()
    {
        await using var store = TestStores.Open(_folder.Database);
        await store.PutAsync(Numbered(1), Numbered(2));

        // As they would be found after a kill: the files as they are, without what a process may have in memory.
        using var copy = new TemporaryFolder();
        File.Copy(_folder.Database, copy.Database);
        File.Copy(_folder.Database + "-wal", copy.Database + "-wal");
        await using var found = TestStores.Open(copy.Database);

        AssertSame([Numbered(1), Numbered(2)], await found.GetNewestAsync());
    }

    [Fact]
    public async Task Every_commit_reaches_the_disk()
    {
        await using var store = TestStores.Open(_folder.Database);
        await store.OpenAsync(TestStores.Ended);

        // Both are settings of the connection that writes: 2 is FULL.
        var synchronous = -1L;
        var log = 0L;
        await store.WriteAsync(session => (synchronous, log) = (session.Scalar("PRAGMA synchronous"), session.Scalar("PRAGMA fullfsync")));
        Assert.Equal((2L, 1L), (synchronous, log));
        Assert.True(File.Exists(_folder.Database + "-wal"));
    }

    [Fact]
    public async Task Times_are_kept_to_the_tick_and_far_from_now()
    {
        DateTimeOffset[] created =
        [
            DateTimeOffset.MinValue,
            new(1886, 1, 1, 0, 0, 0, TimeSpan.Zero),
            SignatureStoreConformance.Start.AddTicks(-1),
            SignatureStoreConformance.Start,
            SignatureStoreConformance.Start.AddTicks(1),
            new(2114, 1, 1, 0, 0, 0, TimeSpan.Zero),
            DateTimeOffset.MaxValue,
        ];
        StoredSignature[] all =
            [.. created.Select((time, i) => Numbered(i) with { CreatedAt = time, ExpiresAt = DateTimeOffset.MaxValue })];
        await using var store = TestStores.Open(_folder.Database);
        await store.PutAsync(all);

        Assert.Equal(Describe(all.Reverse()), Describe(await store.GetNewestAsync()));
    }

    [Fact]
    public async Task Two_stores_on_one_file_see_each_others_signatures()
    {
        await using var first = TestStores.Open(_folder.Database);
        await using var second = TestStores.Open(_folder.Database);
        var both = new[] { first, second };

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => both[i % 2].PutAsync(Numbered(i), Numbered(1_000))));
        await first.RemoveAsync([Numbered(7).Key], TestStores.Ended);

        var expected = Enumerable.Range(0, 100).Where(i => i != 7).Append(1_000).Select(i => Numbered(i)).ToArray();
        AssertSame(expected, await first.GetAsync("conversation"));
        AssertSame(expected, await second.GetAsync("conversation"));
        Assert.Empty(_folder.SetAside);
    }

    [Fact]
    public async Task Removals_are_told_from_the_opening_on_and_between_two_enumerations()
    {
        await using var first = TestStores.Open(_folder.Database);
        await using var second = TestStores.Open(_folder.Database);
        await first.RemoveAsync([Numbered(0).Key], TestStores.Ended);

        // From here on it may have read what is removed later.
        Assert.Empty(await second.GetAsync("conversation"));
        await first.RemoveAsync([Numbered(1).Key], TestStores.Ended);
        Assert.Equal(new(Numbered(1).Key), await FirstAsync(second));

        // The notice at which the listener stopped may come again, but the next is not lost.
        await first.RemoveAsync([Numbered(2).Key], TestStores.Ended);
        var told = await FirstAsync(second, notice => notice.Key == Numbered(2).Key);
        Assert.Equal(Numbered(2).Key, told.Key);

        static async Task<StoreRemoval> FirstAsync(SqliteSignatureStore store, Predicate<StoreRemoval>? isMeant = null)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestStores.Ended);
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            await foreach (var notice in store.WatchRemovalsAsync(patience.Token))
            {
                if (isMeant?.Invoke(notice) ?? true)
                {
                    return notice;
                }
            }

            throw new InvalidOperationException("The notices ended.");
        }
    }

    [Fact]
    public async Task Many_stores_can_open_a_new_file_at_once()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => TestStores.Open(_folder.Database)).ToArray();
        await Task.WhenAll(stores.Select((store, i) => store.PutAsync(Numbered(i))));

        AssertSame(Enumerable.Range(0, stores.Length).Select(i => Numbered(i)), await stores[3].GetAsync("conversation"));
        Assert.Empty(_folder.SetAside);
        await Task.WhenAll(stores.Select(store => store.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Calls_after_disposal_are_refused_and_a_second_disposal_does_nothing()
    {
        var store = TestStores.Open(_folder.Database);
        await store.PutAsync(Numbered(1));
        await store.DisposeAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.PutAsync(Numbered(2)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.GetAsync("conversation"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.GetNewestAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.ClearAsync(TestStores.Ended).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.RemoveExpiredAsync(TestStores.Ended).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.RemoveAsync([Numbered(1).Key], TestStores.Ended).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.OpenAsync(TestStores.Ended).AsTask());
    }

    [Fact]
    public async Task A_signature_without_key_or_payload_is_refused()
    {
        await using var store = TestStores.Open(_folder.Database);

        await Assert.ThrowsAsync<ArgumentException>(() => store.PutAsync(Numbered(1), Numbered(2) with { Key = default }));
        await Assert.ThrowsAsync<ArgumentException>(() => store.PutAsync(Numbered(1), Numbered(2) with { Payload = default }));

        Assert.Empty(await store.GetNewestAsync());
    }

    [Fact]
    public async Task What_has_expired_is_removed_in_steps_and_nothing_else_is()
    {
        var time = TestStores.Clock();
        await using var store = TestStores.Open(_folder.Database, time);
        var expires = SignatureStoreConformance.Start.AddMinutes(5);
        await store.PutAsync([.. Enumerable.Range(0, 3_000).Select(i => Numbered(i) with { ExpiresAt = expires })]);
        await store.PutAsync(Numbered(3_000));
        time.SetUtcNow(expires);
        var before = store.Commits;

        Assert.Equal(3_000, await store.RemoveExpiredAsync(TestStores.Ended));
        Assert.InRange(store.Commits - before, 3_000 / Tidying.StepRows, long.MaxValue);
        Assert.Equal(1, TestStores.Run(_folder.Database, "SELECT count(*) FROM signatures"));
        Assert.Equal(0, await store.RemoveExpiredAsync(TestStores.Ended));
    }
}
