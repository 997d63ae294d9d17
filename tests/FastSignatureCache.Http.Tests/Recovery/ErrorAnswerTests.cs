using System.IO.Compression;
using System.Net;
using System.Text;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Recovery;

/// <summary>Errors that can't be read as they are, and what else stands between the handler and its upstream.</summary>
public sealed class ErrorAnswerTests : IDisposable
{
    private const string Lacking = """{"contents":[{"role":"user","parts":[{"text":"u"}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{}}}]},{"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]}]}""";
    private const string Missing = """{"error":{"message":"Function call is missing a thought_signature in functionCall parts."}}""";

    private readonly Rig _rig = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_error_is_read(string coding)
    {
        using var compressed = new MemoryStream();
        using (Stream compressing = coding switch
        {
            "gzip" => new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true),
            "br" => new BrotliStream(compressed, CompressionMode.Compress, leaveOpen: true),
            _ => new ZLibStream(compressed, CompressionMode.Compress, leaveOpen: true),
        })
        {
            compressing.Write(Encoding.UTF8.GetBytes(Missing));
        }

        _rig.Upstream.Answer = () => Error(new ByteArrayContent(compressed.ToArray()) { Headers = { ContentEncoding = { coding } } });

        using HttpResponseMessage response = await _rig.SendAsync(Rig.GeminiPath, Lacking);

        Assert.Equal(2, _rig.Upstream.Bodies.Count);
        Assert.Equal(compressed.ToArray(), await response.Content.ReadAsByteArrayAsync(Ended));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task What_only_claims_to_be_compressed_reaches_the_client(string coding)
    {
        _rig.Upstream.Answer = () => Error(new StringContent(Missing) { Headers = { ContentEncoding = { coding } } });

        using HttpResponseMessage response = await _rig.SendAsync(Rig.GeminiPath, Lacking);

        Assert.Single(_rig.Upstream.Bodies);
        Assert.Equal(Missing, await response.Content.ReadAsStringAsync(Ended));
    }

    [Fact]
    public async Task An_error_that_is_cut_off_reaches_the_client_with_all_that_came()
    {
        byte[] body = Encoding.UTF8.GetBytes(Missing);
        _rig.Upstream.Answer = () => Error(new StreamContent(new PiecewiseStream(body, [7, 20]) { Failure = new IOException("cut off") }));

        using HttpResponseMessage response = await _rig.SendAsync(Rig.GeminiPath, Lacking);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await using Stream stream = await response.Content.ReadAsStreamAsync(Ended);
        byte[] came = new byte[27];
        await stream.ReadExactlyAsync(came, Ended);
        Assert.Equal(body[..27], came);
        await Assert.ThrowsAsync<IOException>(async () => await stream.ReadExactlyAsync(came, Ended));
        Assert.Single(_rig.Upstream.Bodies);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.NotModified)]
    public async Task What_is_no_error_is_not_read(HttpStatusCode status)
    {
        _rig.Upstream.Answer = () => new HttpResponseMessage(status) { Content = new StringContent(Missing) };

        using HttpResponseMessage response = await _rig.SendAsync(Rig.GeminiPath, Lacking);

        Assert.Equal(status, response.StatusCode);
        Assert.Single(_rig.Upstream.Bodies);
    }

    [Fact]
    public async Task A_handler_below_may_send_a_content_of_its_own()
    {
        var upstream = new StubUpstream { Answer = static () => Error(new StringContent(Missing)) };
        using var cache = new SignatureCache();
        using var client = new HttpMessageInvoker(new SignatureRestoringHandler(cache) { InnerHandler = new Replacing { InnerHandler = upstream } });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("http://upstream" + Rig.GeminiPath)) { Content = new StringContent(Lacking) };
        request.Headers.Add("x-goog-api-key", "k");

        using HttpResponseMessage response = await client.SendAsync(request, Ended);

        Assert.Equal(Missing, await response.Content.ReadAsStringAsync(Ended));
        Assert.Equal(2, upstream.Bodies.Count);
    }

    private static HttpResponseMessage Error(HttpContent content) => new(HttpStatusCode.BadRequest) { Content = content };

    private sealed class Replacing : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
