using System.ClientModel;
using Anthropic;
using FastSignatureCache.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;
using OpenAI;

namespace FastSignatureCache.Gateway.Tests.Documentation;

/// <summary>The C# of the README that stands in no sample, so that it compiles and runs. Tests compare the two.</summary>
public class ReadmeSnippets
{
    [Fact]
    public async Task Signatures_can_survive_a_restart()
    {
        const string secret = "a secret of some length";
        var services = new ServiceCollection();

        services.AddSqliteSignatureStore(options => options.DatabasePath = "signatures.db");
        services.AddHttpClient("gemini", client => client.BaseAddress = new Uri("https://generativelanguage.googleapis.com"))
            .AddSignatureRestoration(options => options.Secret = secret);

        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public async Task Signatures_can_be_shared_by_several_machines()
    {
        var services = new ServiceCollection();

        services.AddRedisSignatureStore(options => options.ConnectionString = "redis.example:6379,user=fsc,password=...");

        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void It_works_without_dependency_injection()
    {
        using var cache = new SignatureCache(new SignatureCacheOptions { Capacity = 10_000, TimeToLive = TimeSpan.FromDays(1) });
        using var client = new HttpClient(new SignatureRestoringHandler(cache) { InnerHandler = new SocketsHttpHandler() });

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task An_application_has_the_dashboard_and_the_health_check()
    {
        var builder = WebApplication.CreateSlimBuilder();

        builder.Services.AddSignatureCache();
        builder.Services.AddSignatureCacheEndpoints();
        builder.Services.AddHealthChecks().AddSignatureCache();
        await using var app = builder.Build();
        app.MapSignatureCache("/signature-cache");           // .RequireAuthorization("policy") takes the place of loopback and key

        Assert.NotNull(app.Services.GetRequiredService<ISignatureCache>());
    }

    [Fact]
    public void Clients_of_openai_are_pointed_at_the_gateway_in_one_line()
    {
        const string key = "key";

        OpenAIClient openAIClient =
            new OpenAIClient(new ApiKeyCredential(key), new() { Endpoint = new("http://127.0.0.1:8787/v1beta/openai/") });

        var builder = Kernel.CreateBuilder();
        builder.AddOpenAIChatCompletion("gemini-3-pro-preview", openAIClient);
        using var chat = openAIClient.GetChatClient("gemini-3-pro-preview").AsIChatClient();
        Assert.NotNull(chat);
    }

    [Fact]
    public void The_client_of_anthropic_is_pointed_at_the_gateway_in_one_line()
    {
        const string key = "key";

        using AnthropicClient anthropicClient =
            new AnthropicClient { ApiKey = key, BaseUrl = "http://127.0.0.1:8787" };

        Assert.NotNull(anthropicClient.Messages);
    }
}
