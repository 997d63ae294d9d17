using System.Net;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Hosting;

public class OutputTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Answers_are_compressed_when_asked_for(string encoding)
    {
        await using var emulator = await Emulate.StartAsync();
        Assert.Equal(encoding, await EncodingOfAsync(emulator, encoding, "generateContent"));
        Assert.Equal(encoding, await EncodingOfAsync(emulator, encoding, "streamGenerateContent?alt=sse"));
    }

    [Fact]
    public async Task Answers_are_not_compressed_when_that_is_off()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { Compress = false });
        Assert.Equal("", await EncodingOfAsync(emulator, "gzip", "generateContent"));
    }

    [Theory]
    [InlineData(Form.Json)]
    [InlineData(Form.JsonArray)]
    [InlineData(Form.Sse)]
    public async Task A_compressed_answer_reads_like_any_other(Form form)
    {
        await using var emulator = await Emulate.StartAsync();
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All };
        using var client = new NativeClient(emulator, handler: handler);

        Assert.True((await client.TurnAsync(form)).Ok);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Events_end_as_the_options_say(string ending)
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { LineEnding = ending });
        using var native = new NativeClient(emulator);
        using var chat = new ChatClient(emulator);

        var events = (await native.SendAsync(Form.Sse)).Raw;
        var deltas = (await chat.SendAsync(Form.Sse)).Raw;

        Assert.EndsWith("}" + ending + ending, events, StringComparison.Ordinal);
        Assert.EndsWith($"data: [DONE]{ending}{ending}", deltas, StringComparison.Ordinal);
        Assert.Equal(ending == "\r\n", events.Contains('\r', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_are_recorded_byte_for_byte()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { RecordRequests = true });
        using var client = new NativeClient(emulator) { Mark = "mine" };
        byte[] body = [0x7B, 0x20, 0xFF, 0x00];

        await client.PostAsync("/v1beta/models/gemini%203:generateContent?key=a%20b", new ByteArrayContent(body));

        var recorded = Assert.Single(emulator.GetRecordedRequests());
        Assert.Equal("POST", recorded.Method);
        Assert.Equal("/v1beta/models/gemini%203:generateContent?key=a%20b", recorded.PathAndQuery);
        Assert.Equal("mine", recorded.Headers["x-emulator-conversation"]);
        Assert.Equal(body, recorded.Body.ToArray());
    }

    [Fact]
    public async Task Requests_are_not_recorded_by_default()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);
        await client.SendAsync();

        Assert.Empty(emulator.GetRecordedRequests());
    }

    private static async Task<string> EncodingOfAsync(UpstreamEmulator emulator, string accepted, string action)
    {
        using var http = new HttpClient { BaseAddress = emulator.BaseAddress };
        http.DefaultRequestHeaders.Add("Accept-Encoding", accepted);
        using var response = await http.PostAsync(
            $"/v1beta/models/gemini-3-pro-preview:{action}",
            new StringContent("""{"contents":[{"parts":[{"text":"Hello"}]}]}"""),
            TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return string.Join(',', response.Content.Headers.ContentEncoding);
    }
}
