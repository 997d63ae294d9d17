using System.Text;

namespace FastSignatureCache.Http.Tests.Support;

/// <summary>A client whose requests pass through restoration to a stub.</summary>
internal sealed class Rig : IDisposable
{
    public const string GeminiPath = "/v1beta/models/gemini-3-pro:generateContent";
    public const string GeminiStreamPath = "/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse";
    public const string OpenAiPath = "/v1beta/openai/chat/completions";

    private readonly HttpMessageInvoker _client;

    public Rig(SignatureRestorationOptions? options = null, ISignatureCache? cache = null)
    {
        Cache = cache ?? new SignatureCache();
        _client = new HttpMessageInvoker(new SignatureRestoringHandler(Cache, options) { InnerHandler = Upstream });
    }

    public ISignatureCache Cache { get; }

    public StubUpstream Upstream { get; } = new();

    /// <summary>Has the upstream answer a request with <paramref name="answer"/>, and reads the answer to its end.</summary>
    public async Task<string> LearnAsync(string path, string request, HttpResponseMessage answer, string key = "k")
    {
        Upstream.Answer = () => answer;
        using HttpResponseMessage response = await SendAsync(path, request, key);
        Upstream.Answer = () => StubUpstream.Json("{}");
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>What reaches the upstream of a request.</summary>
    public async Task<string> RepairAsync(string path, string request, string key = "k")
    {
        Upstream.Answer = () => StubUpstream.Json("{}");
        using HttpResponseMessage response = await SendAsync(path, request, key);
        return Upstream.Body;
    }

    public Task<HttpResponseMessage> SendAsync(string path, string request, string key = "k") =>
        SendAsync(path, new StringContent(request, Encoding.UTF8, "application/json"), key);

    public Task<HttpResponseMessage> SendAsync(string path, HttpContent content, string key = "k") =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri("http://upstream" + path))
        {
            Content = content,
            Headers = { { "x-goog-api-key", key } },
        });

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request, CancellationToken.None);

    public void Dispose()
    {
        _client.Dispose();
        (Cache as IDisposable)?.Dispose();
    }
}
