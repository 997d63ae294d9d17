using System.IO.Compression;
using System.Text;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Streaming;

public sealed class CapturingStreamTests
{
    private static readonly string Request = """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""";
    private static readonly string Part =
        $$$$"""{"functionCall":{"name":"f","args":{}},"thoughtSignature":"{{{{Signatures.Make(1)}}}}"}""";

    private static string Chunk(string part, bool isLast) =>
        $$"""{"candidates":[{"content":{"role":"model","parts":[{{part}}]}{{(isLast ? ",\"finishReason\":\"STOP\"" : "")}}}]}""";

    private static string Events(string newline) =>
        $"data: {Chunk("""{"text":"Let me see…","thought":true}""", false)}{newline}{newline}"
        + $"data: {Chunk(Part, false)}{newline}{newline}: comment{newline}"
        + $"data: {Chunk("""{"text":""}""", true)}{newline}{newline}";

    public static TheoryData<string, string> Fixtures
    {
        get
        {
            var fixtures = new TheoryData<string, string>();
            foreach ((string name, _, _, _) in StreamFixtures.All)
            {
                fixtures.Add(name, "\n");
                fixtures.Add(name, "\r\n");
            }

            return fixtures;
        }
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Every_split_of_an_event_stream_captures_the_same_and_passes_all_bytes(string name, string newline)
    {
        (_, string path, string request, string[] events) = Array.Find(StreamFixtures.All, fixture => fixture.Name == name);
        byte[] body = Encoding.UTF8.GetBytes(string.Concat(events.Select(data => $"data: {data}{newline}{newline}")));
        List<string> whole = await CaptureAsync(0);
        Assert.NotEmpty(whole);

        for (int split = 1; split < body.Length; split++)
        {
            Assert.Equal(whole, await CaptureAsync(split));
        }

        async Task<List<string>> CaptureAsync(int split)
        {
            var cache = new RecordingCache();
            using var rig = new Rig(cache: cache);
            rig.Upstream.Answer = () =>
                StubUpstream.Stream(new PiecewiseStream(body, [split, body.Length - split]), "text/event-stream");
            using HttpResponseMessage response = await rig.SendAsync(path, request);
            Assert.Equal(body, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            return cache.Puts;
        }
    }

    [Fact]
    public async Task Events_that_all_say_they_are_the_last_still_flow()
    {
        string[] events = [.. Enumerable.Range(0, 4).Select(i => $"data: {Chunk($$"""{"text":"piece {{i}}"}""", true)}\n\n")];
        byte[] body = Encoding.UTF8.GetBytes(string.Concat(events));
        using var rig = new Rig();
        var upstream = new PiecewiseStream(body, events.Select(data => data.Length));
        rig.Upstream.Answer = () => StubUpstream.Stream(upstream, "text/event-stream");

        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiStreamPath, Request);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        byte[] buffer = new byte[body.Length];

        Assert.Equal(events[0].Length, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
        Assert.Equal(events[0].Length + events[1].Length, upstream.Delivered);
    }

    [Fact]
    public async Task An_empty_finish_reason_holds_nothing_back()
    {
        byte[] body = Encoding.UTF8.GetBytes("data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\"}]}\n\n");
        using var rig = new Rig();
        rig.Upstream.Answer = () => StubUpstream.Stream(new PiecewiseStream(body, [body.Length]) { NeverEnds = true }, "text/event-stream");

        using HttpResponseMessage response = await rig.SendAsync(Rig.OpenAiPath, StreamFixtures.OpenAiRequest);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        byte[] buffer = new byte[body.Length];

        Assert.Equal(body.Length, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_end_that_goes_on_for_long_is_held_back_whole()
    {
        byte[] events = Encoding.UTF8.GetBytes(Events("\n") + ": " + new string('x', 200_000) + "\n\n");
        using var rig = new Rig();

        byte[] received = await ReadAsync(
            rig, Rig.GeminiStreamPath, StubUpstream.Stream(new MemoryStream(events), "text/event-stream"));

        Assert.Equal(events, received);
        Assert.NotEqual(0, rig.Cache.Count);
    }

    [Theory]
    [InlineData("\n", "text/event-stream")]
    [InlineData("\r\n", "text/event-stream")]
    [InlineData("\n", "application/json")]
    public async Task Bytes_that_come_one_by_one_capture_the_same(string newline, string mediaType)
    {
        bool isJson = mediaType == "application/json";
        byte[] body = Encoding.UTF8.GetBytes(
            isJson ? $"[{Chunk(Part, false)}\n,{Chunk("""{"text":""}""", true)}]" : Events(newline));
        using var rig = new Rig();

        byte[] received = await ReadAsync(
            rig, Rig.GeminiStreamPath, StubUpstream.Stream(new PiecewiseStream(body, [.. Enumerable.Repeat(1, body.Length)]), mediaType));

        Assert.Equal(body, received);
        Assert.NotEqual(0, rig.Cache.Count);
    }

    [Fact]
    public async Task An_event_reaches_the_client_before_the_next_one_is_sent()
    {
        byte[] events = Encoding.UTF8.GetBytes(Events("\n"));
        int first = events.AsSpan().IndexOf("\n\n"u8) + 2;
        using var rig = new Rig();
        var upstream = new PiecewiseStream(events, [first, events.Length - first]);
        rig.Upstream.Answer = () => StubUpstream.Stream(upstream, "text/event-stream");

        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiStreamPath, Request);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        byte[] buffer = new byte[events.Length];
        int read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal(first, read);
        Assert.Equal(first, upstream.Delivered);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_last_bytes_come_after_the_signature_is_kept(bool isStream)
    {
        byte[] body = Encoding.UTF8.GetBytes(isStream ? Events("\n") : Chunk(Part, true));
        using var rig = new Rig();
        rig.Upstream.Answer = () => StubUpstream.Stream(
            new PiecewiseStream(body, [body.Length / 2, body.Length - (body.Length / 2)]), isStream ? "text/event-stream" : "application/json");

        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiStreamPath, Request);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        byte[] one = new byte[1];
        for (int received = 0; received < body.Length; received++)
        {
            int kept = rig.Cache.Count;
            Assert.Equal(1, await stream.ReadAsync(one, TestContext.Current.CancellationToken));
            Assert.True(received < body.Length - 1 || rig.Cache.Count > 0, "The client has it all and nothing is kept.");
            Assert.True(kept == 0 || received > 0);
        }
    }

    [Fact]
    public async Task Nothing_that_says_it_is_complete_goes_out_before_the_end_is_known()
    {
        byte[] events = Encoding.UTF8.GetBytes(Events("\n"));
        int last = events.AsSpan().LastIndexOf("data:"u8);
        using var rig = new Rig();
        int keptWhenEnding = -1;
        var upstream = new PiecewiseStream(events, [last, events.Length - last]) { OnEnd = () => keptWhenEnding = rig.Cache.Count };
        rig.Upstream.Answer = () => StubUpstream.Stream(upstream, "text/event-stream");

        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiStreamPath, Request);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        byte[] buffer = new byte[events.Length];

        Assert.Equal(last, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
        Assert.Equal(-1, keptWhenEnding);
        Assert.Equal(events.Length - last, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
        Assert.Equal(0, keptWhenEnding);
        Assert.NotEqual(0, rig.Cache.Count);
        Assert.Equal(0, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_keeps_nothing_and_fails_for_the_client_too()
    {
        byte[] events = Encoding.UTF8.GetBytes(Events("\n"));
        using var rig = new Rig();
        rig.Upstream.Answer = () => StubUpstream.Stream(
            new PiecewiseStream(events, [events.Length]) { Failure = new HttpIOException(HttpRequestError.ResponseEnded) }, "text/event-stream");

        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiStreamPath, Request);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        byte[] buffer = new byte[events.Length];

        await stream.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal(events, buffer);
        await Assert.ThrowsAsync<HttpIOException>(() => stream.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(0, rig.Cache.Count);
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("application/json")]
    public async Task An_answer_that_ends_without_its_end_keeps_nothing(string mediaType)
    {
        byte[] whole = Encoding.UTF8.GetBytes(mediaType == "application/json" ? $"[{Chunk(Part, false)}]" : Events("\n"));
        byte[] cut = mediaType == "application/json" ? whole[..^1] : whole[..whole.AsSpan().LastIndexOf("data:"u8)];
        using var rig = new Rig();

        byte[] received = await ReadAsync(rig, Rig.GeminiStreamPath, StubUpstream.Stream(new MemoryStream(cut), mediaType));

        Assert.Equal(cut, received);
        Assert.Equal(0, rig.Cache.Count);
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_nothing_behind()
    {
        byte[] events = Encoding.UTF8.GetBytes(Events("\n"));
        using var rig = new Rig();
        rig.Upstream.Answer = () => StubUpstream.Stream(new PiecewiseStream(events, [events.Length - 10, 10]), "text/event-stream");

        using (HttpResponseMessage response = await rig.SendAsync(Rig.GeminiStreamPath, Request))
        {
            Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(0, await stream.ReadAsync(new byte[8], TestContext.Current.CancellationToken));
        }

        Assert.Equal(0, rig.Cache.Count);
    }

    [Fact]
    public async Task A_client_that_goes_away_while_it_reads_leaves_nothing_behind()
    {
        using var rig = new Rig();
        var upstream = new PiecewiseStream(Encoding.UTF8.GetBytes(Events("\n")), [20]) { NeverEnds = true };
        rig.Upstream.Answer = () => StubUpstream.Stream(upstream, "text/event-stream");
        HttpResponseMessage response = await rig.SendAsync(Rig.GeminiStreamPath, Request);
        Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        byte[] buffer = new byte[64];
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 20), TestContext.Current.CancellationToken);

        Task<int> reading = stream.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask();
        response.Dispose();

        await Assert.ThrowsAnyAsync<Exception>(() => reading);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(0, rig.Cache.Count);
    }

    [Theory]
    [InlineData("gzip", "text/event-stream")]
    [InlineData("br", "text/event-stream")]
    [InlineData("deflate", "text/event-stream")]
    [InlineData("gzip", "application/json")]
    public async Task A_compressed_answer_is_captured_and_passed_on_compressed(string coding, string mediaType)
    {
        byte[] compressed = Compress(coding, mediaType == "application/json" ? Chunk(Part, true) : Events("\r\n"));
        using var rig = new Rig();
        HttpResponseMessage answer = StubUpstream.Stream(new PiecewiseStream(compressed, [7, compressed.Length - 7]), mediaType);
        answer.Content.Headers.ContentEncoding.Add(coding);

        byte[] received = await ReadAsync(rig, Rig.GeminiStreamPath, answer);

        Assert.Equal(compressed, received);
        Assert.NotEqual(0, rig.Cache.Count);
    }

    [Fact]
    public async Task An_encoding_that_cannot_be_read_is_not_asked_for_and_not_touched()
    {
        using var rig = new Rig();
        HttpResponseMessage answer = StubUpstream.Stream(new MemoryStream([1, 2, 3]), "application/json");
        answer.Content.Headers.ContentEncoding.Add("zstd");
        rig.Upstream.Answer = () => answer;
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream" + Rig.GeminiPath)
        {
            Content = new StringContent(Request),
            Headers = { { "Accept-Encoding", "zstd, gzip;q=0.8, *;q=0.1" } },
        };

        using HttpResponseMessage response = await rig.SendAsync(request);

        Assert.Equal([1, 2, 3], await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("gzip; q=0.8", rig.Upstream.Request!.Headers.AcceptEncoding.ToString());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    public async Task An_error_keeps_nothing(int status)
    {
        using var rig = new Rig();
        HttpResponseMessage answer = StubUpstream.Json(Chunk(Part, true));
        answer.StatusCode = (System.Net.HttpStatusCode)status;

        Assert.NotEmpty(await ReadAsync(rig, Rig.GeminiPath, answer));
        Assert.Equal(0, rig.Cache.Count);
    }

    [Theory]
    [InlineData("not json", "application/json")]
    [InlineData("data: not json\n\ndata: {\"candidates\":[{\"finishReason\":\"STOP\"}]}\n\n", "text/event-stream")]
    [InlineData("{\"candidates\":[]} trailing", "application/json")]
    [InlineData("<html/>", "text/html")]
    public async Task A_malformed_answer_reaches_the_client_as_it_is(string body, string mediaType)
    {
        using var rig = new Rig();

        byte[] received = await ReadAsync(
            rig, Rig.GeminiPath, StubUpstream.Stream(new MemoryStream(Encoding.UTF8.GetBytes(body)), mediaType));

        Assert.Equal(body, Encoding.UTF8.GetString(received));
        Assert.Equal(0, rig.Cache.Count);
    }

    [Fact]
    public async Task A_json_answer_over_the_limit_reaches_the_client_whole()
    {
        using var rig = new Rig(new SignatureRestorationOptions { MaxResponseBodyBytes = 100 });
        string body = Chunk(Part, true);

        Assert.Equal(body, await rig.LearnAsync(Rig.GeminiPath, Request, StubUpstream.Json(body)));
        Assert.Equal(0, rig.Cache.Count);
    }

    [Fact]
    public void A_client_that_blocks_is_served_too()
    {
        using var rig = new Rig();
        rig.Upstream.Answer = () => StubUpstream.Json(Chunk(Part, true));
        using var client = new HttpMessageInvoker(new SignatureRestoringHandler(rig.Cache) { InnerHandler = rig.Upstream }, false);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream" + Rig.GeminiPath)
        {
            Content = new StringContent(Request),
        };

        using HttpResponseMessage response = client.Send(request, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(response.Content.ReadAsStream(TestContext.Current.CancellationToken));

        Assert.Equal(Chunk(Part, true), reader.ReadToEnd());
        Assert.NotEqual(0, rig.Cache.Count);
    }

    private static async Task<byte[]> ReadAsync(Rig rig, string path, HttpResponseMessage answer)
    {
        rig.Upstream.Answer = () => answer;
        using HttpResponseMessage response = await rig.SendAsync(path, Request);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private static byte[] Compress(string coding, string text)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(compressed, CompressionLevel.Fastest, true),
            "br" => new BrotliStream(compressed, CompressionLevel.Fastest, true),
            _ => new ZLibStream(compressed, CompressionLevel.Fastest, true),
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
