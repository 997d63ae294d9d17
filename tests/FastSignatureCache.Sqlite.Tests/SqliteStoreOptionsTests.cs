using FastSignatureCache.Sqlite.Tests.Support;
using FastSignatureCache.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Sqlite.Tests;

public sealed class SqliteStoreOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly string[] AllNames =
    [
        nameof(SqliteStoreOptions.DatabasePath),
        nameof(SqliteStoreOptions.MaxBytes),
        nameof(SqliteStoreOptions.CommitDelay),
        nameof(SqliteStoreOptions.MaxCommitBatch),
        nameof(SqliteStoreOptions.BusyTimeout),
        nameof(SqliteStoreOptions.MaxReaders),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Defaults_are_those_of_the_documentation()
    {
        var options = new SqliteStoreOptions();

        Assert.EndsWith(Path.Combine("FastSignatureCache", "signatures.db"), options.DatabasePath, StringComparison.Ordinal);
        Assert.Equal((1L << 30, TimeSpan.Zero, 1_024), (options.MaxBytes, options.CommitDelay, options.MaxCommitBatch));
        Assert.Equal((TimeSpan.FromSeconds(5), 4), (options.BusyTimeout, options.MaxReaders));
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => new SqliteSignatureStore(AllWrong(new())));

        Assert.Equal("options", fault.ParamName);
        Assert.All(AllNames, name => Assert.Contains(name + " must be", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_option_has_a_test_here() =>
        Assert.Equal(typeof(SqliteStoreOptions).GetProperties().Select(property => property.Name).Order(), AllNames.Order());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("folder/")]
    [InlineData("zero\0")]
    public void A_path_that_no_file_can_have_is_refused(string path) =>
        Assert.Throws<ArgumentException>(() => new SqliteSignatureStore(new() { DatabasePath = path }));

    [Fact]
    public void A_folder_is_refused_as_the_file() =>
        Assert.Throws<ArgumentException>(() => new SqliteSignatureStore(new() { DatabasePath = _folder.Path }));

    [Fact]
    public async Task Limits_themselves_are_allowed()
    {
        await using var least = new SqliteSignatureStore(new()
        {
            DatabasePath = _folder.Database,
            MaxBytes = 1_048_576,
            MaxCommitBatch = 1,
            BusyTimeout = TimeSpan.FromMilliseconds(1),
            MaxReaders = 1,
        });
        await using var most = new SqliteSignatureStore(new()
        {
            DatabasePath = _folder.Database,
            MaxBytes = long.MaxValue,
            CommitDelay = TimeSpan.FromSeconds(1),
            MaxCommitBatch = 10_000,
            BusyTimeout = TimeSpan.FromMinutes(1),
            MaxReaders = 64,
        });
    }

    [Fact]
    public async Task Registered_store_is_one_and_uses_the_registered_clock()
    {
        var services = new ServiceCollection();
        var time = TestStores.Clock();
        services.AddSingleton<TimeProvider>(time);
        services.AddSqliteSignatureStore(options => options.DatabasePath = _folder.Database);
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<ISignatureStore>();
        await store.PutAsync([Numbered(1)], TestStores.Ended);

        Assert.Same(store, provider.GetRequiredService<ISignatureStore>());
        AssertSame([Numbered(1)], await store.GetAsync(["conversation"], TestStores.Ended));
        time.SetUtcNow(Numbered(1).ExpiresAt);
        Assert.Empty(await store.GetAsync(["conversation"], TestStores.Ended));
    }

    [Fact]
    public void Registered_options_are_checked()
    {
        using var provider = new ServiceCollection().AddSqliteSignatureStore(options => AllWrong(options)).BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ISignatureStore>());
        Assert.Equal(AllNames.Length, fault.Failures.Count());
    }

    private static SqliteStoreOptions AllWrong(SqliteStoreOptions options)
    {
        options.DatabasePath = "";
        options.MaxBytes = 1_048_575;
        options.CommitDelay = TimeSpan.FromSeconds(2);
        options.MaxCommitBatch = 0;
        options.BusyTimeout = TimeSpan.Zero;
        options.MaxReaders = 65;
        return options;
    }
}
