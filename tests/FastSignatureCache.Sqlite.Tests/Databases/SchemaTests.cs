using FastSignatureCache.Sqlite.Databases;
using FastSignatureCache.Sqlite.Tests.Support;
using FastSignatureCache.Stores;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Sqlite.Tests.Databases;

public sealed class SchemaTests : IDisposable
{
    private const string VersionOne = "schema-1.db";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Files of every version that was ever released must stay readable. A fixture is written once, by the version it is named after, and
    /// never again: to write one for a new version, set FSC_WRITE_FIXTURE to the path it shall have.
    /// </summary>
    [Theory]
    [InlineData(VersionOne)]
    public async Task A_file_of_an_earlier_version_is_read(string fixture)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", fixture), _folder.Database);
        await using var store = TestStores.Open(_folder.Database);

        AssertSame(Fixture(), await store.GetNewestAsync());
        AssertSame(Fixture(), await store.GetAsync("conversation", "0123456789abcdef0123456789abcdef", "\ud83d", "漢字"));
        await store.PutAsync(Numbered(77));
        AssertSame([.. Fixture(), Numbered(77)], await store.GetNewestAsync());
        Assert.Empty(_folder.SetAside);
    }

    [Fact]
    public async Task A_fixture_can_be_written()
    {
        var path = Environment.GetEnvironmentVariable("FSC_WRITE_FIXTURE") ?? _folder.Database;
        await using (var store = TestStores.Open(path))
        {
            await store.PutAsync([.. Fixture()]);
        }

        Assert.False(File.Exists(path + "-wal"));
        Assert.Equal(Fixture().Count(), TestStores.Run(path, "SELECT count(*) FROM signatures"));
    }

    [Fact]
    public async Task A_newer_file_is_refused_and_left_alone()
    {
        var newer = new Schema(First(), "ALTER TABLE signatures ADD COLUMN more INTEGER");
        await using (var store = Open(newer))
        {
            await store.PutAsync(Numbered(1));
        }

        await using (var older = Open(Schema.Current))
        {
            var fault = await Assert.ThrowsAsync<InvalidDataException>(() => older.OpenAsync(TestStores.Ended).AsTask());
            Assert.Contains("schema version 2", fault.Message, StringComparison.Ordinal);
            Assert.Contains(_folder.Database, fault.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<InvalidDataException>(() => older.PutAsync(Numbered(2)));
            await Assert.ThrowsAsync<InvalidDataException>(() => older.GetAsync("conversation"));
        }

        Assert.Empty(_folder.SetAside);
        await using var again = Open(newer);
        AssertSame([Numbered(1)], await again.GetNewestAsync());
    }

    [Fact]
    public async Task An_older_file_is_migrated_and_keeps_its_signatures()
    {
        await using (var older = Open(Schema.Current))
        {
            await older.PutAsync(Numbered(1));
        }

        await using (var newer = Open(new(First(), "ALTER TABLE signatures ADD COLUMN more INTEGER", "CREATE TABLE other (id INTEGER)")))
        {
            AssertSame([Numbered(1)], await newer.GetNewestAsync());
        }

        Assert.Equal(3, TestStores.Run(_folder.Database, "PRAGMA user_version"));
        Assert.Equal(0, TestStores.Run(_folder.Database, "SELECT count(*) FROM other"));
    }

    [Fact]
    public async Task A_migration_that_fails_changes_nothing()
    {
        await using (var older = Open(Schema.Current))
        {
            await older.PutAsync(Numbered(1));
        }

        var broken = new Schema(First(), "CREATE TABLE other (id INTEGER); INSERT INTO other VALUES (1, 2)");
        using (var connection = new StoreConnection(_folder.Database, TimeSpan.FromSeconds(1)))
        {
            Assert.ThrowsAny<Exception>(() => broken.Migrate(connection, _folder.Database));
        }

        await using var again = Open(Schema.Current);
        AssertSame([Numbered(1)], await again.GetNewestAsync());
        Assert.Equal(1, TestStores.Run(_folder.Database, "PRAGMA user_version"));
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_alone()
    {
        TestStores.Run(_folder.Database, "CREATE TABLE theirs (id INTEGER); INSERT INTO theirs VALUES (5)");
        await using var store = TestStores.Open(_folder.Database);

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => store.OpenAsync(TestStores.Ended).AsTask());
        Assert.Contains("another program", fault.Message, StringComparison.Ordinal);
        Assert.Equal(5, TestStores.Run(_folder.Database, "SELECT id FROM theirs"));
        Assert.Empty(_folder.SetAside);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 7")]
    [InlineData("PRAGMA user_version = 0")]
    [InlineData("PRAGMA application_id = 0")]
    [InlineData("DROP TABLE signatures")]
    [InlineData("ALTER TABLE signatures DROP COLUMN shift")]
    public async Task A_file_that_contradicts_itself_counts_as_damaged(string change)
    {
        await using (var store = TestStores.Open(_folder.Database))
        {
            await store.PutAsync(Numbered(1));
        }

        TestStores.Run(_folder.Database, change);
        await using var reopened = TestStores.Open(_folder.Database);
        await reopened.OpenAsync(TestStores.Ended);

        Assert.Empty(await reopened.GetNewestAsync());
        Assert.Single(_folder.SetAside);
    }

    private static string First() => Schema.Current.Migrations[0];

    private static IEnumerable<StoredSignature> Fixture() =>
    [
        .. Enumerable.Range(0, 20).Select(i => Numbered(i, payload: 1 + (i * 50))),
        Of(new("0123456789abcdef0123456789abcdef", "model", "0a"), 21),
        Of(new("\ud83d", "\0", ""), 22),
        Of(new("漢字", "😀", "'"), 23),
        Numbered(24, payload: 20_000),
        Numbered(25) with { CreatedAt = DateTimeOffset.UnixEpoch, ExpiresAt = DateTimeOffset.MaxValue },
    ];

    private SqliteSignatureStore Open(Schema schema) =>
        new(new SqliteStoreOptions { DatabasePath = _folder.Database }, TestStores.Clock(), null, schema);
}
