using FastSignatureCache.Sqlite.Databases;
using FastSignatureCache.Sqlite.Tests.Support;

namespace FastSignatureCache.Sqlite.Tests.Faults;

/// <summary>A file that can't be used, under a cache: requests notice nothing, the operator reads what to do, and it heals where it can.</summary>
public sealed class TroubleTests : IDisposable
{
    private static readonly int[] Before = [.. Enumerable.Range(0, 20)];
    private static readonly int[] During = [.. Enumerable.Range(20, 20)];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_that_can_not_be_made()
    {
        // A file where the folder should be stops every user, permissions not the privileged.
        var folder = Path.Combine(_folder.Path, "data");
        await File.WriteAllTextAsync(folder, "in the way", TestStores.Ended);
        var path = Path.Combine(folder, "signatures.db");
        await using (var cache = new CacheOnFile(path))
        {
            await AssertServesAsync(cache, During);
            AssertWarned(cache, path, "can't be made or opened", "Let this user write to");

            File.Delete(folder);
            await cache.HealAsync();
        }

        await AssertKeptAsync(path, During);
    }

    [Fact]
    public async Task A_folder_on_a_file_system_that_takes_no_files()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        const string Path = "/proc/fsc/signatures.db";
        await using var cache = new CacheOnFile(Path);
        await AssertServesAsync(cache, During);
        AssertWarned(cache, Path, "can't be made or opened", "set another DatabasePath");
    }

    [Fact]
    public async Task A_disk_that_is_read_only_at_the_start()
    {
        using var disk = SmallDisk.TryMount(_folder.Path, megabytes: 4);
        var folder = disk?.Path ?? Path.Combine(_folder.Path, "data");
        var path = Path.Combine(folder, "signatures.db");
        await using (var first = new CacheOnFile(path))
        {
            await first.PutAsync(Before);
        }

        if (disk is null)
        {
            TestContext.Current.TestOutputHelper!.WriteLine("Mounting is not permitted here: a folder that is gone takes the place of the disk.");
            Directory.Move(folder, folder + "-away");
            await File.WriteAllTextAsync(folder, "in the way", TestStores.Ended);
        }
        else
        {
            disk.Remount("ro");
        }

        await using (var cache = new CacheOnFile(path))
        {
            await AssertServesAsync(cache, During);
            AssertWarned(cache, path, "can't be", "Let this user write to");
            disk?.Remount("rw");
            if (disk is null)
            {
                File.Delete(folder);
                Directory.Move(folder + "-away", folder);
            }

            await cache.HealAsync();
        }

        await AssertKeptAsync(path, [.. Before, .. During]);
        Assert.Empty(Directory.GetFiles(folder, "*.damaged-*"));
    }

    [Fact]
    public async Task A_full_disk()
    {
        using var disk = SmallDisk.TryMount(_folder.Path, megabytes: 1);
        if (disk is null)
        {
            TestContext.Current.TestOutputHelper!.WriteLine("Mounting is not permitted here: a limit of pages takes the place of a small disk.");
        }

        var path = Path.Combine(disk?.Path ?? _folder.Path, "signatures.db");
        await using (var cache = new CacheOnFile(path))
        {
            await cache.PutAsync(Before);
            if (disk is null)
            {
                await cache.Store.WriteAsync(session => session.Scalar("PRAGMA max_page_count = 1"));
            }
            else
            {
                disk.Fill();
            }

            await AssertServesAsync(cache, During);
            AssertWarned(cache, path, "the disk is full", "Free some space");
            if (disk is null)
            {
                await cache.Store.WriteAsync(session => session.Scalar("PRAGMA max_page_count = 1000000"));
            }
            else
            {
                disk.Free();
            }

            await cache.HealAsync();
        }

        await AssertKeptAsync(path, [.. Before, .. During]);
    }

    [Fact]
    public async Task A_limit_of_pages()
    {
        await using (var cache = new CacheOnFile(_folder.Database))
        {
            await cache.PutAsync(Before);
            await cache.Store.WriteAsync(session => session.Scalar("PRAGMA max_page_count = 1"));
            await AssertServesAsync(cache, During);
            AssertWarned(cache, _folder.Database, "the disk is full", "Free some space");
            await cache.Store.WriteAsync(session => session.Scalar("PRAGMA max_page_count = 1000000"));
            await cache.HealAsync();
        }

        await AssertKeptAsync(_folder.Database, [.. Before, .. During]);
    }

    [Fact]
    public async Task A_lock_of_another_connection()
    {
        await using (var cache = new CacheOnFile(_folder.Database, new() { BusyTimeout = TimeSpan.FromMilliseconds(1) }))
        {
            await cache.PutAsync(Before);
            using (var other = TestStores.Connect(_folder.Database))
            {
                other.Run("BEGIN EXCLUSIVE");
                await AssertServesAsync(cache, During);
                AssertWarned(cache, _folder.Database, "locked by another process", "End what holds the lock");
            }

            await cache.HealAsync();
        }

        await AssertKeptAsync(_folder.Database, [.. Before, .. During]);
    }

    [Fact]
    public async Task A_lock_of_another_process_at_the_start()
    {
        await using (var first = new CacheOnFile(_folder.Database))
        {
            await first.PutAsync(Before);
        }

        using (var other = new ChildProcess("lock", _folder.Database))
        {
            Assert.Equal("locked", await other.ReadLineAsync());
            await using var cache = new CacheOnFile(_folder.Database, new() { BusyTimeout = TimeSpan.FromMilliseconds(1) });
            await AssertServesAsync(cache, During);
            AssertWarned(cache, _folder.Database, "locked by another process", "End what holds the lock");
            await other.KillAsync();
            await cache.HealAsync();
        }

        await AssertKeptAsync(_folder.Database, [.. Before, .. During]);
        Assert.Empty(_folder.SetAside);
    }

    [Fact]
    public async Task A_newer_schema()
    {
        var newer = new Schema(Schema.Current.Migrations[0], "ALTER TABLE signatures ADD COLUMN more INTEGER");
        await using (var store = new SqliteSignatureStore(
            new SqliteStoreOptions { DatabasePath = _folder.Database }, TestStores.Clock(), null, newer))
        {
            await store.OpenAsync(TestStores.Ended);
        }

        var file = await File.ReadAllBytesAsync(_folder.Database, TestStores.Ended);
        await using (var cache = new CacheOnFile(_folder.Database))
        {
            await AssertServesAsync(cache, During);
            AssertWarned(cache, _folder.Database, "schema version 2", "Use the newer FastSignatureCache");
        }

        Assert.Equal(file, await File.ReadAllBytesAsync(_folder.Database, TestStores.Ended));
        Assert.Empty(_folder.SetAside);
    }

    // Requests: what they put is found by the next ones, and nothing is thrown.
    private static async Task AssertServesAsync(CacheOnFile cache, int[] numbers)
    {
        await cache.PutAsync(numbers);
        Assert.Equal(numbers, await cache.FindAsync(numbers));
        Assert.True(cache.Cache.GetMetrics().IsStoreDegraded);
    }

    private static void AssertWarned(CacheOnFile cache, string path, string what, string advice) =>
        Assert.Contains(cache.Warnings, warning =>
            warning.Contains(path, StringComparison.Ordinal)
            && warning.Contains(what, StringComparison.Ordinal)
            && warning.Contains(advice, StringComparison.Ordinal));

    private static async Task AssertKeptAsync(string path, int[] numbers)
    {
        await using var later = new CacheOnFile(path);
        Assert.Equal(numbers, await later.FindAsync(numbers));
    }
}
