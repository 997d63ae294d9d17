using System.Net;
using System.Text;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Bodies;

public sealed class RequestBodyTests
{
    private static readonly string S1 = Signatures.Make(1);

    private const string Opening = """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}""";
    private const string Request = Opening + "]}";
    private const string Continued = Opening
        + """,{"role":"model","parts":[{"functionCall":{"name":"f","args":{}}}]},{"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]}]}""";

    private static HttpResponseMessage Answer() => StubUpstream.Json(
        $$$"""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{}},"thoughtSignature":"{{{S1}}}"}]},"finishReason":"STOP"}]}""");

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"contents\":[{\"role\":\"user\"")]
    [InlineData("{\"contents\":[]} {}")]
    [InlineData("{\"\\ud800ontents\":[]}")]
    [InlineData("{\"contents\":7,\"systemInstruction\":\"x\"}")]
    [InlineData("{\"contents\":[1,{\"parts\":7},{\"parts\":[1,{\"text\":1,\"functionCall\":2}],\"role\":3},{\"role\":\"model\",\"parts\":[{}]}]}")]
    [InlineData("{\"contents\":{\"role\":\"user\",\"parts\":{\"text\":\"\\ud800\"}}}")]
    public async Task A_body_that_is_not_understood_passes_through_untouched(string body)
    {
        using var rig = new Rig();

        Assert.Equal(body, await rig.RepairAsync(Rig.GeminiPath, body));
    }

    [Theory]
    [InlineData("{\"model\":7,\"messages\":[]}")]
    [InlineData("{\"messages\":[]}")]
    [InlineData("{\"model\":\"m\",\"messages\":7}")]
    [InlineData("{\"model\":\"m\",\"messages\":[7,{\"role\":7,\"content\":7,\"tool_calls\":7},{\"role\":\"assistant\",\"tool_calls\":[7,{\"function\":7,\"id\":7}]}]}")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[7,\"x\",{\"type\":\"image_url\",\"image_url\":{}}]}]}")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{broken\"}}]}]}")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1e400}}}]}]}")]
    public async Task A_chat_that_is_not_understood_passes_through_untouched(string body)
    {
        using var rig = new Rig();

        Assert.Equal(body, await rig.RepairAsync(Rig.OpenAiPath, body));
    }

    [Fact]
    public async Task A_repaired_body_has_its_right_length_and_its_other_headers()
    {
        using var rig = new Rig();
        await rig.LearnAsync(Rig.GeminiPath, Request, Answer());
        var content = new StringContent(Continued, Encoding.UTF8, "application/json") { Headers = { { "X-Own", "1" } } };

        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiPath, content);

        HttpContent sent = rig.Upstream.Request!.Content!;
        Assert.Equal(rig.Upstream.Bodies[^1].Length, sent.Headers.ContentLength);
        Assert.True(sent.Headers.ContentLength > Continued.Length);
        Assert.Equal("application/json; charset=utf-8", sent.Headers.ContentType!.ToString());
        Assert.Equal("1", Assert.Single(sent.Headers.GetValues("X-Own")));
    }

    [Fact]
    public async Task A_body_can_be_sent_again()
    {
        using var rig = new Rig();
        await rig.LearnAsync(Rig.GeminiPath, Request, Answer());
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream" + Rig.GeminiPath)
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(Continued))),
            Headers = { { "x-goog-api-key", "k" } },
        };

        (await rig.SendAsync(request)).Dispose();
        string first = rig.Upstream.Body;
        (await rig.SendAsync(request)).Dispose();

        Assert.Contains(S1, first, StringComparison.Ordinal);
        Assert.Equal(first, rig.Upstream.Body);
    }

    [Fact]
    public async Task A_body_at_the_limit_is_repaired_and_one_over_it_is_not()
    {
        var content = new StringContent(Continued);
        foreach ((long limit, bool isRepaired) in new[] { (Continued.Length, true), (Continued.Length - 1, false) })
        {
            using var rig = new Rig(new SignatureRestorationOptions { MaxRequestBodyBytes = limit });
            await rig.LearnAsync(Rig.GeminiPath, Request, Answer());

            Assert.Equal(isRepaired, (await rig.RepairAsync(Rig.GeminiPath, Continued)).Contains(S1, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_long_body_of_unknown_length_passes_through_whole()
    {
        byte[] body = new byte[1_000_000];
        new Random(1).NextBytes(body);
        using var rig = new Rig(new SignatureRestorationOptions { MaxRequestBodyBytes = 10_000 });
        using var content = new UnknownLengthContent(body, 7_000);

        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiPath, content);

        Assert.Equal(body, rig.Upstream.Bodies[^1]);
        Assert.Equal("text/x-own", rig.Upstream.Request!.Content!.Headers.ContentType!.ToString());
        Assert.Null(rig.Upstream.Request.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_long_body_that_is_written_synchronously_passes_through_whole()
    {
        byte[] body = new byte[100_000];
        new Random(1).NextBytes(body);
        using var rig = new Rig(new SignatureRestorationOptions { MaxRequestBodyBytes = 16 });
        using var content = new UnknownLengthContent(body, 1_000) { WritesSynchronously = true };

        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiPath, content);

        Assert.Equal(body, rig.Upstream.Bodies[^1]);
    }

    [Fact]
    public async Task A_long_body_of_unknown_length_is_never_sent_in_part()
    {
        using var rig = new Rig(new SignatureRestorationOptions { MaxRequestBodyBytes = 16 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream" + Rig.GeminiPath);
        request.Content = new UnknownLengthContent(new byte[100], 10);
        (await rig.SendAsync(request)).Dispose();
        Assert.Equal(100, rig.Upstream.Bodies[^1].Length);

        await Assert.ThrowsAnyAsync<Exception>(() => rig.SendAsync(request));
        Assert.Single(rig.Upstream.Bodies);
    }

    [Fact]
    public async Task A_body_that_is_still_being_sent_keeps_its_memory()
    {
        using var rig = new Rig();
        byte[] body = Encoding.UTF8.GetBytes(Continued);
        var gate = new TaskCompletionSource();
        using var received = new GatedStream(gate.Task);
        Task sending = Task.CompletedTask;
        using var client = new HttpMessageInvoker(new SignatureRestoringHandler(rig.Cache)
        {
            InnerHandler = new EarlyAnswer(content => sending = content.CopyToAsync(received)),
        });
        using (var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream" + Rig.GeminiPath))
        {
            request.Content = new ByteArrayContent(body);
            (await client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        }

        byte[] next = System.Buffers.ArrayPool<byte>.Shared.Rent(body.Length);
        Array.Fill(next, (byte)'X');
        gate.SetResult();
        await sending;

        Assert.Equal(body, received.ToArray());
    }

    [Fact]
    public async Task A_long_body_that_is_still_being_sent_keeps_its_memory()
    {
        using var rig = new Rig();
        byte[] body = new byte[100_000];
        new Random(1).NextBytes(body);
        var gate = new TaskCompletionSource();
        using var received = new GatedStream(gate.Task);
        Task sending = Task.CompletedTask;
        var options = new SignatureRestorationOptions { MaxRequestBodyBytes = 10_000 };
        using var client = new HttpMessageInvoker(new SignatureRestoringHandler(rig.Cache, options)
        {
            InnerHandler = new EarlyAnswer(content => sending = content.CopyToAsync(received)),
        });
        using (var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream" + Rig.GeminiPath))
        {
            request.Content = new UnknownLengthContent(body, 7_000);
            (await client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        }

        byte[] next = System.Buffers.ArrayPool<byte>.Shared.Rent(16_000);
        Array.Fill(next, (byte)'X');
        gate.SetResult();
        // Nobody waits for the rest any more: it is given up, and what went out is the body's beginning.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        Assert.Equal(body[..7_000], received.ToArray());
    }

    [Fact]
    public async Task A_body_that_is_longer_than_it_says_fails_the_request()
    {
        using var rig = new Rig();
        using var content = new UnknownLengthContent(new byte[100], 30);
        content.Headers.ContentLength = 50;

        await Assert.ThrowsAsync<HttpRequestException>(() => rig.SendAsync(Rig.GeminiPath, content));

        Assert.Empty(rig.Upstream.Bodies);
    }

    [Fact]
    public async Task A_short_body_of_unknown_length_is_repaired()
    {
        using var rig = new Rig();
        await rig.LearnAsync(Rig.GeminiPath, Request, Answer());
        using var content = new UnknownLengthContent(Encoding.UTF8.GetBytes(Continued), 10);

        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiPath, content);

        Assert.Contains(S1, rig.Upstream.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_fails_while_it_is_read_fails_the_request()
    {
        using var rig = new Rig();
        var stream = new PiecewiseStream([1, 2, 3], [3]) { Failure = new IOException("gone") };

        await Assert.ThrowsAsync<HttpRequestException>(() => rig.SendAsync(Rig.GeminiPath, new StreamContent(stream)));
        Assert.Empty(rig.Upstream.Bodies);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Only_posts_are_looked_at(string method)
    {
        using var rig = new Rig();
        await rig.LearnAsync(Rig.GeminiPath, Request, Answer());
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://upstream" + Rig.GeminiPath)
        {
            Content = new StringContent(Continued),
            Headers = { { "x-goog-api-key", "k" } },
        };

        using HttpResponseMessage response = await rig.SendAsync(request);

        Assert.Equal(Continued, rig.Upstream.Body);
    }

    [Fact]
    public async Task A_request_without_a_body_is_passed_on()
    {
        using var rig = new Rig();
        using HttpResponseMessage response =
            await rig.SendAsync(new HttpRequestMessage(HttpMethod.Post, "http://upstream" + Rig.GeminiPath));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
