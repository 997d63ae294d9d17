using FastSignatureCache.Sqlite.Tests.Support;
using Microsoft.Data.Sqlite;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Sqlite.Tests.Databases;

/// <summary>Who may read the files, and what happens when the store itself may not.</summary>
public sealed class AccessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_and_a_new_folder_are_their_owners_alone()
    {
        var folder = Path.Combine(_folder.Path, "new", "data");
        await using var store = TestStores.Open(Path.Combine(folder, "signatures.db"));
        await store.PutAsync(Numbered(1));

        var files = Directory.GetFiles(folder);
        Assert.Equal(
            ["signatures.db", "signatures.db-lock", "signatures.db-shm", "signatures.db-wal"],
            files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public async Task A_file_that_others_could_read_is_closed_to_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using (var store = TestStores.Open(_folder.Database))
        {
            await store.PutAsync(Numbered(1));
        }

        File.SetUnixFileMode(_folder.Database, (UnixFileMode)0b110_110_100);
        await using var reopened = TestStores.Open(_folder.Database);
        AssertSame([Numbered(1)], await reopened.GetNewestAsync());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Database));
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_to_makes_calls_fail_until_it_can()
    {
        // Permissions do not stop a privileged process; a file where the folder should be stops everybody.
        var folder = Path.Combine(_folder.Path, "data");
        await File.WriteAllTextAsync(folder, "in the way", TestStores.Ended);
        await using var store = TestStores.Open(Path.Combine(folder, "signatures.db"));

        await Assert.ThrowsAnyAsync<IOException>(() => store.OpenAsync(TestStores.Ended).AsTask());
        await Assert.ThrowsAnyAsync<IOException>(() => store.PutAsync(Numbered(1)));
        await Assert.ThrowsAnyAsync<IOException>(() => store.GetAsync("conversation"));

        File.Delete(folder);
        await store.PutAsync(Numbered(1));
        AssertSame([Numbered(1)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_folder_without_write_permission_makes_calls_fail_until_it_has_it()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            return;
        }

        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "data"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var store = TestStores.Open(Path.Combine(folder.FullName, "signatures.db"));
        await Assert.ThrowsAnyAsync<Exception>(() => store.PutAsync(Numbered(1)));

        folder.UnixFileMode |= UnixFileMode.UserWrite;
        await store.PutAsync(Numbered(1));
        AssertSame([Numbered(1)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_lock_of_another_program_is_waited_for()
    {
        await using var store = TestStores.Open(_folder.Database);
        await store.PutAsync(Numbered(1));
        using var other = TestStores.Connect(_folder.Database);
        other.Run("BEGIN IMMEDIATE");

        var putting = store.PutAsync(Numbered(2));
        AssertSame([Numbered(1)], await store.GetAsync("conversation"));
        Assert.False(putting.IsCompleted);
        other.Run("COMMIT");
        await putting;

        AssertSame([Numbered(1), Numbered(2)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_lock_that_is_kept_too_long_fails_the_put_and_loses_nothing_else()
    {
        await using var store = TestStores.Open(
            new SqliteStoreOptions { DatabasePath = _folder.Database, BusyTimeout = TimeSpan.FromMilliseconds(1) });
        await store.PutAsync(Numbered(1));
        using (var other = TestStores.Connect(_folder.Database))
        {
            other.Run("BEGIN IMMEDIATE");
            var fault = await Assert.ThrowsAsync<IOException>(() => store.PutAsync(Numbered(2)));
            Assert.Equal(SQLitePCL.raw.SQLITE_BUSY, Assert.IsType<SqliteException>(fault.InnerException).SqliteErrorCode);
        }

        await store.PutAsync(Numbered(3));
        AssertSame([Numbered(1), Numbered(3)], await store.GetAsync("conversation"));
    }

    [Fact]
    public async Task Who_gives_up_waiting_for_a_lock_need_not_wait_for_it()
    {
        await using var store = TestStores.Open(_folder.Database);
        await store.PutAsync(Numbered(1));
        using var other = TestStores.Connect(_folder.Database);
        other.Run("BEGIN IMMEDIATE");
        using var impatient = new CancellationTokenSource();
        var putting = store.PutAsync([Numbered(2)], impatient.Token).AsTask();

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => putting);
        other.Run("COMMIT");
        await store.PutAsync(Numbered(3));

        Assert.InRange((await store.GetAsync("conversation")).Count, 2, 3);
    }
}
