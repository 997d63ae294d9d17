using FastSignatureCache.Http.Tests.Support;
using FastSignatureCache.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FastSignatureCache.Http.Tests;

public sealed class SignatureRestorationHttpClientBuilderExtensionsTests
{
    [Fact]
    public async Task A_client_of_the_factory_restores()
    {
        string signature = Signatures.Make(1);
        string call = """{"functionCall":{"name":"f","args":{}}}""";
        using var upstream = new StubUpstream();
        var services = new ServiceCollection();
        services.AddHttpClient("llm").ConfigurePrimaryHttpMessageHandler(() => upstream).AddSignatureRestoration();
        await using ServiceProvider provider = services.BuildServiceProvider();
        HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("llm");
        string user = """{"role":"user","parts":[{"text":"Hi"}]}""";
        upstream.Answer = () => StubUpstream.Json(
            $$$"""{"candidates":[{"content":{"parts":[{{{call[..^1]}}},"thoughtSignature":"{{{signature}}}"}]},"finishReason":"STOP"}]}""");

        using HttpResponseMessage first = await client.PostAsync(
            new Uri("http://upstream" + Rig.GeminiPath),
            new StringContent($$"""{"contents":[{{user}}]}"""),
            TestContext.Current.CancellationToken);
        using HttpResponseMessage second = await client.PostAsync(
            new Uri("http://upstream" + Rig.GeminiPath),
            new StringContent($$"""{"contents":[{{user}},{"role":"model","parts":[{{call}}]}]}"""),
            TestContext.Current.CancellationToken);

        Assert.Contains(signature, upstream.Body, StringComparison.Ordinal);
        Assert.Equal(1, provider.GetRequiredService<ISignatureCache>().GetMetrics().Hits);
    }

    [Fact]
    public void A_bad_option_stops_the_start()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("llm").AddSignatureRestoration(options => options.MaxRequestBodyBytes = 0);
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("a secret of some length", true)]
    public void A_store_needs_a_secret_that_outlives_the_process(string? secret, bool isFine)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ISignatureStore>(new BrokenStore(hangs: false));
        services.AddHttpClient("llm").AddSignatureRestoration(options => options.Secret = secret);
        using ServiceProvider provider = services.BuildServiceProvider();

        Exception? fault = Record.Exception(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(isFine, fault is null);
        Assert.True(isFine || fault is OptionsValidationException && fault.Message.Contains("Secret", StringComparison.Ordinal));
    }
}
