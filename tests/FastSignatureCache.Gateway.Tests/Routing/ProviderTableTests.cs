using FastSignatureCache.Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.Gateway.Tests.Routing;

public class ProviderTableTests
{
    [Theory]
    [InlineData("/v1beta/models/gemini-3-pro-preview:generateContent", nameof(Provider.Gemini))]
    [InlineData("/v1beta/openai/chat/completions", nameof(Provider.Gemini))]
    [InlineData("/v1beta/files", nameof(Provider.Gemini))]
    [InlineData("/v1alpha/models/x:streamGenerateContent", nameof(Provider.Gemini))]
    [InlineData("/upload/v1beta/files", nameof(Provider.Gemini))]
    [InlineData("/v1/models/gemini-3-pro-preview:generateContent", nameof(Provider.Gemini))]
    [InlineData("/v1/models/gemini-3-pro-preview%3AstreamGenerateContent", nameof(Provider.Gemini))]
    [InlineData("/v1/projects/p/locations/us-central1/publishers/google/models/m:generateContent", nameof(Provider.Vertex))]
    [InlineData("/v1beta1/projects/p/locations/global/endpoints/openapi/chat/completions", nameof(Provider.Vertex))]
    [InlineData("/v1/publishers/google/models/m:generateContent", nameof(Provider.Vertex))]
    [InlineData("/v1/messages", nameof(Provider.Anthropic))]
    [InlineData("/v1/messages/count_tokens", nameof(Provider.Anthropic))]
    [InlineData("/api/v1/chat/completions", nameof(Provider.OpenRouter))]
    [InlineData("/v1/chat/completions", nameof(Provider.OpenAi))]
    [InlineData("/v1/models", nameof(Provider.OpenAi))]
    [InlineData("/v1/models/gpt-5", nameof(Provider.OpenAi))]
    [InlineData("/v1/models/ft:gpt-4o:acme::b1c2", nameof(Provider.OpenAi))]
    [InlineData("/v1/messagesandmore", nameof(Provider.OpenAi))]
    [InlineData("/", null)]
    [InlineData("/v1", null)]
    [InlineData("/v1/", null)]
    [InlineData("/v2/anything", null)]
    [InlineData("/v1beta1/models/x", null)]
    [InlineData("/api/v2/x", null)]
    [InlineData("/favicon.ico", null)]
    public void A_path_belongs_to_one_provider(string path, string? provider) =>
        Assert.Equal(provider, ProviderTable.Find(new RequestTarget(path, ""), new HeaderDictionary())?.ToString());

    [Theory]
    [InlineData("anthropic-version", "2023-06-01", "", nameof(Provider.Anthropic))]
    [InlineData("x-goog-api-key", "k", "", nameof(Provider.Gemini))]
    [InlineData("Accept", "*/*", "?key=k", nameof(Provider.Gemini))]
    [InlineData("Accept", "*/*", "?pageSize=5&key=k", nameof(Provider.Gemini))]
    [InlineData("Authorization", "Bearer k", "?monkey=k", nameof(Provider.OpenAi))]
    public void A_key_goes_only_to_the_provider_it_is_for(string header, string value, string query, string provider)
    {
        var headers = new HeaderDictionary { [header] = value };
        Assert.Equal(provider, ProviderTable.Find(new RequestTarget("/v1/models", query), headers)?.ToString());
    }
}
