using FastSignatureCache.Http.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace FastSignatureCache.Http.Tests;

/// <summary>Trouble in the cache never fails a request that would have worked without it.</summary>
public sealed class SignatureRestoringHandlerFailureTests
{
    private static readonly string S1 = Signatures.Make(1);

    private const string Opening = """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""";
    private const string Request = """{"contents":[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"functionCall":{"name":"f"}}]}]}""";

    private static readonly string Answer =
        $$$"""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{}},"thoughtSignature":"{{{S1}}}"}]},"finishReason":"STOP"}]}""";

    [Fact]
    public async Task A_cache_that_throws_costs_nothing_but_a_warning()
    {
        var logger = new FakeLogger<SignatureRestoringHandler>();
        using var upstream = new StubUpstream { Answer = () => StubUpstream.Json(Answer) };
        using var client = new HttpMessageInvoker(
            new SignatureRestoringHandler(new ThrowingCache(), logger: logger) { InnerHandler = upstream });

        string received = await SendAsync(client, Request);

        Assert.Equal(Request, upstream.Body);
        Assert.Equal(Answer, received);
        Assert.Contains(logger.Collector.GetSnapshot(), record => record.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Nothing_that_is_logged_holds_a_signature_or_a_credential()
    {
        var logger = new FakeLogger<SignatureRestoringHandler>();
        using var cache = new SignatureCache();
        using var upstream = new StubUpstream { Answer = () => StubUpstream.Json(Answer) };
        using var client = new HttpMessageInvoker(
            new SignatureRestoringHandler(cache, logger: logger) { InnerHandler = upstream });

        await SendAsync(client, Opening);
        await SendAsync(client, Request);
        upstream.Answer = () => StubUpstream.Json(Answer[..^2]);
        await SendAsync(client, Opening);

        IReadOnlyList<FakeLogRecord> records = logger.Collector.GetSnapshot();
        Assert.Contains(records, record => record.Message.Contains("Kept 1", StringComparison.Ordinal));
        Assert.Contains(records, record => record.Message.Contains("Restored 1 of 1", StringComparison.Ordinal));
        Assert.Contains(records, record => record.Message.Contains("nothing of it is kept", StringComparison.Ordinal));
        Assert.All(records, record =>
        {
            Assert.DoesNotContain(S1[..20], record.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("top-secret", record.Message, StringComparison.Ordinal);
        });
    }

    private static async Task<string> SendAsync(HttpMessageInvoker client, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream" + Rig.GeminiPath)
        {
            Content = new StringContent(body),
            Headers = { { "x-goog-api-key", "top-secret" }, { "X-Conversation-Id", "1" } },
        };
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
