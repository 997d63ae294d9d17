using System.Net;
using System.Text;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Hosting;

public class FaultTests
{
    private const string Body = """{"contents":[{"role":"user","parts":[{"text":"Hello"}]}]}""";
    private const string StreamPath = "/v1beta/models/gemini-3-pro-preview:streamGenerateContent?alt=sse";

    [Theory]
    [InlineData(503, "UNAVAILABLE")]
    [InlineData(500, "INTERNAL")]
    [InlineData(429, "RESOURCE_EXHAUSTED")]
    [InlineData(403, "FAILED_PRECONDITION")]
    public async Task A_status_is_answered_until_it_is_taken_back(int status, string code)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);

        emulator.Fault = EmulatorFault.AnswerStatus(status);
        var refused = await client.SendAsync();
        Assert.Equal((HttpStatusCode)status, refused.Status);
        Assert.Contains(code, refused.Raw, StringComparison.Ordinal);

        emulator.Fault = null;
        Assert.True((await client.SendAsync()).Ok);
        Assert.Equal((2, 1, 1, 0), (emulator.GetStatistics().Requests, emulator.GetStatistics().Accepted,
            emulator.GetStatistics().Faulted, emulator.GetStatistics().Refused));
    }

    [Fact]
    public async Task The_header_goes_before_the_property()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator) { Fault = EmulatorFault.AnswerStatus(503) };
        emulator.Fault = EmulatorFault.AnswerStatus(500);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.SendAsync()).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cut_stream_ends_without_its_end(bool compressed)
    {
        await using var emulator = await Emulate.StartAsync();
        var whole = await ReadUntilCutAsync(emulator, EmulatorFault.CutAfterEvents(1000), compressed);
        Assert.False(whole.Cut);

        var events = await ReadUntilCutAsync(emulator, EmulatorFault.CutAfterEvents(2), compressed);
        Assert.True(events.Cut);
        Assert.Equal(2, events.Text.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        var nothing = await ReadUntilCutAsync(emulator, EmulatorFault.CutAfterEvents(0), compressed);
        Assert.Equal((true, ""), (nothing.Cut, nothing.Text));
        // A cut answer is one that kept the rules.
        Assert.Equal(3, emulator.GetStatistics().Accepted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task A_cut_can_be_inside_an_event(int bytes)
    {
        await using var emulator = await Emulate.StartAsync();

        var (text, cut) = await ReadUntilCutAsync(emulator, EmulatorFault.CutAfterBytes(bytes), compressed: false);

        Assert.True(cut);
        Assert.Equal(bytes, Encoding.UTF8.GetByteCount(text));
    }

    [Fact]
    public async Task An_answer_in_one_body_is_cut_too()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator) { Fault = EmulatorFault.CutAfterBytes(50) };

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync());
    }

    [Fact]
    public async Task A_stalled_stream_waits_for_the_client_to_go_away()
    {
        await using var emulator = await Emulate.StartAsync();
        using var http = new HttpClient { BaseAddress = emulator.BaseAddress };
        using var response = await PostAsync(http, EmulatorFault.StallAfterEvents(1));
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);

        Assert.StartsWith("data: ", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        var rest = reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(rest.IsCompleted);

        await emulator.DisposeAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => rest);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("nonsense=1")]
    [InlineData("status=x")]
    [InlineData("status=200")]
    [InlineData("cut-after-bytes=-1")]
    public async Task A_header_that_names_no_fault_is_refused(string value)
    {
        await using var emulator = await Emulate.StartAsync();
        using var http = new HttpClient { BaseAddress = emulator.BaseAddress };
        http.DefaultRequestHeaders.Add(EmulatorHeaders.Fault, value);

        using var response = await http.PostAsync(StreamPath, new StringContent(Body), TestContext.Current.CancellationToken);

        Assert.StartsWith(EmulatorHeaders.Fault, (await Reply.ReadAsync(response)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_reads_what_it_writes()
    {
        EmulatorFault[] faults =
        [
            EmulatorFault.AnswerStatus(500), EmulatorFault.CutAfterEvents(1), EmulatorFault.CutAfterBytes(2),
            EmulatorFault.StallAfterEvents(3),
        ];

        Assert.Equal(faults, faults.Select(fault => EmulatorFault.Parse(fault.ToString())));
    }

    private static async Task<(string Text, bool Cut)> ReadUntilCutAsync(UpstreamEmulator emulator, EmulatorFault fault, bool compressed)
    {
        using var handler = new SocketsHttpHandler();
        handler.AutomaticDecompression = compressed ? DecompressionMethods.All : DecompressionMethods.None;
        using var http = new HttpClient(handler) { BaseAddress = emulator.BaseAddress };
        var text = new StringBuilder();
        try
        {
            // With nothing sent at all, Kestrel still has the headers to answer with: the connection ends before or behind them.
            using var response = await PostAsync(http, fault);
            await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            var buffer = new byte[256];
            int read;
            while ((read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            return (text.ToString(), false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return (text.ToString(), true);
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, EmulatorFault fault)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, StreamPath) { Content = new StringContent(Body) };
        request.Headers.Add(EmulatorHeaders.Fault, fault.ToString());
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
