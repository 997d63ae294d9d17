using FastSignatureCache.Stores;
using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FastSignatureCache.Tests.Stores;

public sealed class RegistrationTests
{
    private static readonly SignatureKey Key = Signatures.Key(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_registered_store_goes_under_the_cache_whichever_is_registered_first(bool storeFirst)
    {
        var store = new ScriptedStore();
        var services = new ServiceCollection();
        if (storeFirst)
        {
            services.AddSingleton<ISignatureStore>(store);
        }

        services.AddSignatureCache(configureStore: options => options.Durability = StoreDurability.WrittenBehind);
        if (!storeFirst)
        {
            services.AddSingleton<ISignatureStore>(store);
        }

        await using (var provider = services.BuildServiceProvider())
        {
            var cache = provider.GetRequiredService<ISignatureCache>();
            Assert.IsType<TieredSignatureCache>(cache);
            Assert.Same(cache, provider.GetRequiredService<ISignatureCache>());
            cache.Put(Key, Signatures.Thought(1));
        }

        Assert.Equal([Signatures.Thought(1)], store.Texts(Key));
        Assert.True(store.IsDisposed);
    }

    [Fact]
    public void Without_a_store_it_is_memory_alone()
    {
        using var provider = new ServiceCollection().AddSignatureCache(configureStore: _ => { }).BuildServiceProvider();

        Assert.IsType<SignatureCache>(provider.GetRequiredService<ISignatureCache>());
    }

    [Fact]
    public async Task Options_of_the_store_are_checked_at_start()
    {
        var services = new ServiceCollection()
            .AddSingleton<ISignatureStore, ScriptedStore>()
            .AddSignatureCache(options => options.Capacity = 5, options =>
            {
                options.ReadTimeout = TimeSpan.Zero;
                options.MaxBatchSize = 0;
            });
        await using var provider = services.BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Equal(2, fault.Failures.Count());
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ISignatureCache>());
    }
}
