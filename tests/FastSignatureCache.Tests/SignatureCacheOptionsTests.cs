using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests;

public class SignatureCacheOptionsTests
{
    [Fact]
    public void Default_capacity_is_1000_and_time_to_live_7_days()
    {
        var options = new SignatureCacheOptions();

        Assert.Equal((1_000, TimeSpan.FromDays(7)), (options.Capacity, options.TimeToLive));
        Assert.Equal((64L * 1024 * 1024, 4 * 1024 * 1024), (options.MaxBytes, options.MaxSignatureLength));
        Assert.Equal((SignatureFormat.Any, TimeSpan.FromMinutes(1)), (options.Format, options.CleanupInterval));

        using var cache = new SignatureCache();
        for (var i = 0; i < 1_001; i++)
        {
            cache.Put(Signatures.Key(i), Signatures.Thought(0));
        }

        Assert.Equal(1_000, cache.Count);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => new SignatureCache(AllWrong(new())));

        Assert.Equal("options", fault.ParamName);
        Assert.All(AllNames, name => Assert.Contains(name + " must be", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Limits_themselves_are_allowed()
    {
        using var least = new SignatureCache(new()
        {
            Capacity = 1,
            MaxBytes = 1_024,
            MaxSignatureLength = 1,
            TimeToLive = TimeSpan.FromTicks(1),
            MinTimeToLive = TimeSpan.FromTicks(1),
            MaxTimeToLive = TimeSpan.FromTicks(1),
            MaxConcurrentRefreshes = 1,
            MaxQueuedRefreshes = 1,
            CleanupInterval = TimeSpan.FromSeconds(1),
        });
        using var most = new SignatureCache(new()
        {
            Capacity = 100_000_000,
            MaxBytes = long.MaxValue,
            MaxSignatureLength = 1_000_000_000,
            TimeToLive = TimeSpan.FromDays(3_650),
            MinTimeToLive = TimeSpan.FromDays(3_650),
            MaxTimeToLive = TimeSpan.FromDays(3_650),
            MaxConcurrentRefreshes = 1_000,
            MaxQueuedRefreshes = 1_000_000,
            CleanupInterval = TimeSpan.FromDays(1),
        });

        Assert.True(most.Put(Signatures.Key(1), Signatures.Thought(1)));
        Assert.True(most.Put(Signatures.Key(1).With(), Signatures.Thought(2)));
        Assert.NotNull(most.Find(Signatures.Key(1)));
    }

    [Theory]
    [InlineData(8, null, "MinTimeToLive must be at most 7.00:00:00, the TimeToLive, but is 8.00:00:00.")]
    [InlineData(null, 6, "MaxTimeToLive must be at least 7.00:00:00, the TimeToLive, but is 6.00:00:00.")]
    [InlineData(3, 2, "MinTimeToLive must be at most 2.00:00:00, the MaxTimeToLive, but is 3.00:00:00.")]
    public void The_least_time_to_live_is_not_above_the_most(int? least, int? most, string message)
    {
        var options = new SignatureCacheOptions { MinTimeToLive = Days(least), MaxTimeToLive = Days(most) };

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new SignatureCache(options)).Message, StringComparison.Ordinal);

        static TimeSpan? Days(int? days) => days is { } count ? TimeSpan.FromDays(count) : null;
    }

    [Fact]
    public void Options_changed_after_the_construction_change_nothing()
    {
        var options = new SignatureCacheOptions { Capacity = 2 };
        using var cache = new SignatureCache(options);
        options.Capacity = 1;

        cache.Put(Signatures.Key(1), Signatures.Thought(1));
        cache.Put(Signatures.Key(2), Signatures.Thought(2));

        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void AddSignatureCache_registers_one_cache_with_its_options_and_the_registered_clock()
    {
        var time = new FakeTimeProvider();
        using var provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddSignatureCache(options => options.TimeToLive = TimeSpan.FromHours(1))
            .AddSignatureCache(options => options.Capacity = 1)
            .BuildServiceProvider();

        var cache = provider.GetRequiredService<ISignatureCache>();
        cache.Put(Signatures.Key(1), Signatures.Thought(1));
        cache.Put(Signatures.Key(2), Signatures.Thought(2));

        Assert.Same(cache, provider.GetRequiredService<ISignatureCache>());
        Assert.Equal(1, cache.Count);
        Assert.True(cache.TryGet(Signatures.Key(2), out var entry));
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromHours(1), entry.ExpiresAt);
    }

    [Fact]
    public void AddSignatureCache_works_without_anything_else_registered()
    {
        var services = new ServiceCollection().AddSignatureCache();
        ISignatureCache cache;
        using (var provider = services.BuildServiceProvider())
        {
            cache = provider.GetRequiredService<ISignatureCache>();
            Assert.True(cache.Put(Signatures.Key(1), Signatures.Thought(1)));
        }

        Assert.False(cache.Put(Signatures.Key(1), Signatures.Thought(1)));
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddSignatureCache());
    }

    [Fact]
    public void Wrong_options_stop_the_start_and_every_fault_is_named()
    {
        using var provider = new ServiceCollection().AddSignatureCache(options => AllWrong(options)).BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(AllNames, fault.Failures.Select(failure => failure.Split(' ')[0]));
    }

    [Fact]
    public void Refusals_are_logged_with_lengths_and_never_with_values()
    {
        var collector = new FakeLogCollector();
        using var provider = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(collector)))
            .AddSignatureCache(options => options.MaxSignatureLength = 80)
            .BuildServiceProvider();
        var cache = provider.GetRequiredService<ISignatureCache>();

        cache.Put(new SignatureKey("secret-conversation", "model"), "secret value");
        cache.Put(new SignatureKey("secret-conversation", "model"), new string('s', 100));
        cache.Put(new SignatureKey("secret-conversation", "model"), Signatures.Thought(1));

        var messages = collector.GetSnapshot().Select(record => record.Message).ToList();
        Assert.Equal(
            ["Refused a value of 12 characters: not a well-formed signature (accepted: Any)", "Refused a signature of 100 characters: too large"],
            messages);
    }

    private static readonly string[] AllNames =
    [
        "Capacity", "MaxBytes", "MaxSignatureLength", "TimeToLive", "MinTimeToLive", "MaxTimeToLive", "MinTimeToLive", "MaxConcurrentRefreshes",
        "MaxQueuedRefreshes", "Format", "CleanupInterval",
    ];

    private static SignatureCacheOptions AllWrong(SignatureCacheOptions options)
    {
        options.Capacity = 0;
        options.MaxBytes = 1_023;
        options.MaxSignatureLength = 0;
        options.TimeToLive = TimeSpan.Zero;
        options.MinTimeToLive = TimeSpan.FromDays(3_651);
        options.MaxTimeToLive = TimeSpan.Zero;
        options.MaxConcurrentRefreshes = 0;
        options.MaxQueuedRefreshes = 0;
        options.Format = (SignatureFormat)99;
        options.CleanupInterval = TimeSpan.FromMilliseconds(999);
        return options;
    }
}
