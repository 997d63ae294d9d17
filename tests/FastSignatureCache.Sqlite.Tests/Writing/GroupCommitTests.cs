using FastSignatureCache.Sqlite.Tests.Support;
using Microsoft.Data.Sqlite;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Sqlite.Tests.Writing;

public sealed class GroupCommitTests : IDisposable
{
    private const int Puts = 500;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Puts_at_the_same_time_share_transactions()
    {
        await using var store = TestStores.Open(_folder.Database);
        var before = await PutWhileLockedAsync(store, Puts);

        // The first waits for the lock, alone or with some others or all; what came meanwhile follows in one batch or two.
        Assert.InRange(store.Commits - before, 1, 4);
        AssertSame(Enumerable.Range(0, Puts).Select(i => Numbered(i)), await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task No_transaction_takes_more_than_the_most_that_may_share_one()
    {
        await using var store = TestStores.Open(new SqliteStoreOptions { DatabasePath = _folder.Database, MaxCommitBatch = 10 });
        var before = await PutWhileLockedAsync(store, Puts);

        Assert.InRange(store.Commits - before, Puts / 10, (Puts / 10) + 1);
    }

    [Fact]
    public async Task With_a_delay_the_first_waits_for_others()
    {
        var time = TestStores.Clock();
        await using var store = TestStores.Open(
            new SqliteStoreOptions { DatabasePath = _folder.Database, CommitDelay = TimeSpan.FromMilliseconds(100) }, time);
        var opening = store.OpenAsync(TestStores.Ended).AsTask();
        await AdvanceUntilDone(opening);
        var before = store.Commits;

        var puts = Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.PutAsync(Numbered(i))));
        Assert.Equal(before, store.Commits);
        await AdvanceUntilDone(puts);

        Assert.InRange(store.Commits - before, 1, 2);

        // The loop begins its delay on a thread of its own, perhaps only after the clock was advanced.
        async Task AdvanceUntilDone(Task task)
        {
            while (!task.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }

            await task;
        }
    }

    [Fact]
    public async Task A_put_that_sqlite_does_not_take_fails_alone()
    {
        await using var store = TestStores.Open(_folder.Database);
        await store.OpenAsync(TestStores.Ended);
        using var other = TestStores.Connect(_folder.Database);
        other.Run("BEGIN IMMEDIATE");

        var before = store.PutAsync(Numbered(1), Numbered(2));
        var failing = store.WriteAsync(session =>
        {
            session.Put(Numbered(3));
            throw new SqliteException("too big", SQLitePCL.raw.SQLITE_TOOBIG);
        });
        var after = store.PutAsync(Numbered(4));
        other.Run("COMMIT");

        await Task.WhenAll(before, after);
        await Assert.ThrowsAsync<IOException>(() => failing);
        AssertSame([Numbered(1), Numbered(2), Numbered(4)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_batch_is_kept_whole_or_not_at_all()
    {
        await using var store = TestStores.Open(_folder.Database);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(session =>
        {
            session.Put(Numbered(1));
            throw new InvalidOperationException();
        }));

        Assert.Empty(await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task The_oldest_go_when_the_database_grows_beyond_its_size()
    {
        const int MaxBytes = 2 * 1024 * 1024;
        const int Count = 6_000;
        await using var store = TestStores.Open(new SqliteStoreOptions { DatabasePath = _folder.Database, MaxBytes = MaxBytes });
        foreach (var batch in Enumerable.Range(0, Count).Chunk(100))
        {
            await store.PutAsync([.. batch.Select(i => Numbered(i, payload: 900))]);
        }

        // Tidying is over when the queue comes round to the next write.
        await store.WriteAsync(_ => { });
        var left = await store.GetNewestAsync();
        Assert.InRange(left.Count, 1_000, 2_400);
        var newest = Enumerable.Range(Count - left.Count, left.Count).Reverse();
        Assert.Equal(Describe(newest.Select(i => Numbered(i, payload: 900))), Describe(left));
        Assert.InRange(new FileInfo(_folder.Database).Length, 0, MaxBytes * 5 / 4);
    }

    [Fact]
    public async Task Large_payloads_are_held_to_the_size_as_well()
    {
        const int MaxBytes = 8 * 1024 * 1024;
        await using var store = TestStores.Open(new SqliteStoreOptions { DatabasePath = _folder.Database, MaxBytes = MaxBytes });
        for (var i = 0; i < 12; i++)
        {
            await store.PutAsync(Numbered(i, payload: 2_000_000));
        }

        await store.WriteAsync(_ => { });
        var left = await store.GetNewestAsync();
        Assert.InRange(left.Count, 2, 4);
        Assert.Equal(Describe([Numbered(11, payload: 2_000_000)]), Describe(left[..1]));
    }

    [Fact]
    public async Task A_database_with_nothing_left_to_remove_is_left_as_large_as_it_is()
    {
        var store = TestStores.Open(new SqliteStoreOptions { DatabasePath = _folder.Database, MaxBytes = 1024 * 1024 });
        var longest = new string('k', SignatureKey.MaxPartLength);
        await store.RemoveAsync(
            [.. Enumerable.Range(0, 1_000).Select(i => new SignatureKey($"{i}", longest, longest))], TestStores.Ended);

        // The notices of the removals stay, and disposal must not wait until they go.
        await store.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestStores.Ended);
        Assert.Equal(1_000, TestStores.Run(_folder.Database, "SELECT count(*) FROM removals"));
    }

    [Fact]
    public async Task The_log_is_copied_into_the_database_as_it_grows()
    {
        await using var store = TestStores.Open(_folder.Database);
        for (var i = 0; i < 100; i++)
        {
            await store.PutAsync([.. Enumerable.Range(i * 100, 100).Select(number => Numbered(number, payload: 1_000))]);
        }

        await store.WriteAsync(_ => { });
        Assert.InRange(new FileInfo(_folder.Database + "-wal").Length, 1, 32 * 1024 * 1024);
        Assert.InRange(new FileInfo(_folder.Database).Length, 5_000_000, 20_000_000);
    }

    private async Task<long> PutWhileLockedAsync(SqliteSignatureStore store, int puts)
    {
        await store.OpenAsync(TestStores.Ended);
        var before = store.Commits;
        using var other = TestStores.Connect(_folder.Database);
        other.Run("BEGIN IMMEDIATE");
        var putting = Task.WhenAll(Enumerable.Range(0, puts).Select(i => store.PutAsync(Numbered(i))));
        other.Run("COMMIT");
        await putting;
        return before;
    }
}
