using FastSignatureCache.Redis.Connections;
using FastSignatureCache.Redis.Tests.Support;
using FastSignatureCache.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Redis.Tests;

public sealed class RedisStoreOptionsTests(SharedServer server)
{
    private const string Secret = "s3cret";

    private static readonly string[] CheckedNames =
    [
        nameof(RedisStoreOptions.ConnectionString),
        nameof(RedisStoreOptions.KeyPrefix),
        nameof(RedisStoreOptions.OperationTimeout),
        nameof(RedisStoreOptions.MaxRetries),
        nameof(RedisStoreOptions.RetryDelay),
        nameof(RedisStoreOptions.BreakerFailureRatio),
        nameof(RedisStoreOptions.BreakerMinimumCalls),
        nameof(RedisStoreOptions.BreakerSampling),
        nameof(RedisStoreOptions.BreakDuration),
    ];

    [Fact]
    public void Defaults_are_those_of_the_documentation()
    {
        var options = new RedisStoreOptions();

        Assert.Equal(("localhost:6379", "fsc:"), (options.ConnectionString, options.KeyPrefix));
        Assert.Null(options.ConfigureConnection);
        Assert.Equal(
            (TimeSpan.FromSeconds(1), 3, TimeSpan.FromMilliseconds(50)), (options.OperationTimeout, options.MaxRetries, options.RetryDelay));
        Assert.Equal((0.5, 4), (options.BreakerFailureRatio, options.BreakerMinimumCalls));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)), (options.BreakerSampling, options.BreakDuration));
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => new RedisSignatureStore(AllWrong(new())));

        Assert.Equal("options", fault.ParamName);
        Assert.All(CheckedNames, name => Assert.Contains(name + " must be", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_option_has_a_test_here() => Assert.Equal(
        typeof(RedisStoreOptions).GetProperties().Select(property => property.Name).Order(),
        CheckedNames.Append(nameof(RedisStoreOptions.ConfigureConnection)).Order());

    [Theory]
    [InlineData("")]
    [InlineData("fsc{1}:")]
    [InlineData("fsc*")]
    [InlineData("fsc ")]
    [InlineData("fsé")]
    [InlineData(null)]
    public void A_prefix_that_would_mean_something_in_a_name_is_refused(string? prefix) =>
        Assert.Throws<ArgumentException>(() => new RedisSignatureStore(new() { KeyPrefix = prefix! }));

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData(" ", "is empty")]
    [InlineData("ssl=true", "names no endpoint")]
    [InlineData("localhost,pasword=s3cret", "its item 2 is not understood: 'pasword'")]
    [InlineData("localhost,ssl=s3cret", "its item 2 is not understood: 'ssl'")]
    [InlineData("localhost,password=a,s3cret=b", "its item 3 is not understood")]
    [InlineData("redis://user:s3cret@", "is a URL that is not of the form")]
    [InlineData("redis://user:s3cret@host/name", "is a URL that is not of the form")]
    [InlineData("redis://user:s3#cret@host", "is a URL that is not of the form")]
    [InlineData("redis://host?password=s3cret", "is a URL that is not of the form")]
    [InlineData("http://user:s3cret@host", "is a URL that is not of the form")]
    public void A_fault_of_the_connection_string_is_told_without_what_may_be_secret(string? connectionString, string expected)
    {
        var fault = Assert.Throws<ArgumentException>(() => new RedisSignatureStore(new() { ConnectionString = connectionString! }));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis://host", "host:6379", 0, false, null, null)]
    [InlineData("redis://host:1234/3", "host:1234", 3, false, null, null)]
    [InlineData("rediss://me:p%40s%2Cs@host/", "host:6379", 0, true, "me", "p@s,s")]
    [InlineData("redis://:only@127.0.0.1:1", "127.0.0.1:1", 0, false, null, "only")]
    [InlineData("redis://me@host", "host:6379", 0, false, "me", null)]
    [InlineData("redis://:p=q@host", "host:6379", 0, false, null, "p=q")]
    [InlineData("host:7,user=me,password=p,ssl=true,defaultDatabase=2", "host:7", 2, true, "me", "p")]
    [InlineData("host:7,password=p://q", "host:7", 0, false, null, "p://q")]
    public void A_connection_string_says_where_and_how(
        string connectionString, string endpoint, int database, bool usesTls, string? user, string? password)
    {
        var settings = Create(new() { ConnectionString = connectionString });

        Assert.Contains(endpoint, settings.EndPoints.Single().ToString(), StringComparison.Ordinal);
        Assert.Equal(
            (database, usesTls, user, password), (settings.DefaultDatabase ?? 0, settings.Ssl, settings.User, settings.Password));
    }

    [Theory]
    [InlineData("localhost", "localhost")]
    [InlineData("one.test:6379, two.test:6380,password=s3cret,ssl=true", "one.test:6379 two.test:6380")]
    [InlineData("one.test,user=s3cret,password=a,s3cret", "one.test")]
    [InlineData("password=a,s3cret", "")]
    [InlineData("127.0.0.1,password=s3cret", "127.0.0.1")]
    [InlineData("[::1]:6379,password=s3cret", "[::1]:6379")]
    [InlineData("redis://s3cret:s3cret@one.test/0", "one.test:6379")]
    [InlineData("redis://user:s3#cret@one.test", "")]
    [InlineData("one.test,password=s3://cret", "one.test")]
    public void Where_a_connection_string_leads_is_shown_and_nothing_else(string connectionString, string shown) =>
        Assert.Equal(shown, string.Join(' ', new RedisStoreOptions { ConnectionString = connectionString }.GetEndpoints()));

    [Fact]
    public void What_the_connection_string_says_goes_before_our_defaults()
    {
        var defaults = Create(new());
        var stated = Create(new() { ConnectionString = "localhost,connectTimeout=1234,keepAlive=7,abortConnect=true" });

        Assert.False(defaults.AbortOnConnectFail);
        Assert.Equal((1234, 7, true), (stated.ConnectTimeout, stated.KeepAlive, stated.AbortOnConnectFail));
    }

    [Fact]
    public void Nothing_waits_for_a_connection_and_no_message_has_details()
    {
        var settings = Create(new() { ConnectionString = "localhost,channelPrefix=x" });

        Assert.Same(BacklogPolicy.FailFast, settings.BacklogPolicy);
        Assert.False(settings.IncludeDetailInExceptions);
        Assert.True(settings.ChannelPrefix.IsNullOrEmpty);
    }

    [Fact]
    public void The_connection_can_be_configured_last()
    {
        var settings = Create(new() { ConfigureConnection = options => options.ClientName = "mine" });

        Assert.Equal("mine", settings.ClientName);
    }

    [Fact]
    public async Task Limits_themselves_are_allowed()
    {
        await using var least = new RedisSignatureStore(new()
        {
            KeyPrefix = "f",
            OperationTimeout = TimeSpan.FromMilliseconds(10),
            MaxRetries = 0,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            BreakerFailureRatio = 0.001,
            BreakerMinimumCalls = 2,
            BreakerSampling = TimeSpan.FromMilliseconds(500),
            BreakDuration = TimeSpan.FromMilliseconds(500),
        });
        await using var most = new RedisSignatureStore(new()
        {
            KeyPrefix = new('f', 64),
            OperationTimeout = TimeSpan.FromMinutes(1),
            MaxRetries = 10,
            RetryDelay = TimeSpan.FromSeconds(10),
            BreakerFailureRatio = 1,
            BreakerMinimumCalls = 10_000,
            BreakerSampling = TimeSpan.FromMinutes(10),
            BreakDuration = TimeSpan.FromMinutes(1),
        });
    }

    [Fact]
    public async Task Registered_store_is_one_and_uses_the_registered_clock()
    {
        var services = new ServiceCollection();
        var time = TestStores.Clock();
        services.AddSingleton<TimeProvider>(time);
        services.AddRedisSignatureStore(options =>
        {
            options.ConnectionString = $"redis://{server.Endpoint}";
            options.KeyPrefix = TestStores.Prefix();
        });
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
        using var provider = new ServiceCollection().AddRedisSignatureStore(options => AllWrong(options)).BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ISignatureStore>());
        Assert.Equal(CheckedNames.Length, fault.Failures.Count());
    }

    private static ConfigurationOptions Create(RedisStoreOptions options) => ConnectionSettings.Create(options);

    private static RedisStoreOptions AllWrong(RedisStoreOptions options)
    {
        options.ConnectionString = "";
        options.KeyPrefix = "";
        options.OperationTimeout = TimeSpan.FromMilliseconds(9);
        options.MaxRetries = 11;
        options.RetryDelay = TimeSpan.Zero;
        options.BreakerFailureRatio = double.NaN;
        options.BreakerMinimumCalls = 1;
        options.BreakerSampling = TimeSpan.FromMilliseconds(499);
        options.BreakDuration = TimeSpan.FromSeconds(61);
        return options;
    }
}
