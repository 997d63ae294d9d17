using FastSignatureCache.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.Gateway.Tests.Forwarding;

public class StreamingTests
{
    private const string First = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}],\"role\":\"model\"}}]}\r\n\r\n";
    private const string Last =
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}],\"role\":\"model\"},\"finishReason\":\"STOP\"}]}\r\n\r\n";

    [Theory]
    [InlineData("v1beta/models/gemini-3-pro-preview:streamGenerateContent?alt=sse", "text/event-stream")]
    [InlineData("v1/responses", "text/event-stream")]
    [InlineData("some/download", "application/octet-stream")]
    public async Task The_first_chunk_arrives_while_the_upstream_still_writes(string path, string mediaType)
    {
        var firstArrived = new TaskCompletionSource();
        await using var upstream = await StubUpstream.StartAsync(async context =>
        {
            context.Response.ContentType = mediaType;
            await context.Response.WriteAsync(First);
            await context.Response.Body.FlushAsync();
            // Were the answer buffered anywhere, neither side would ever get further.
            await firstArrived.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(Last);
        });
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent("""{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}"""),
        };

        using var answer = await gateway.Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var first = new char[First.Length];
        await reader.ReadBlockAsync(first, TestContext.Current.CancellationToken);
        firstArrived.SetResult();

        Assert.Equal(First, new string(first));
        Assert.Equal(Last, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_cut_off_for_the_client_too()
    {
        var firstArrived = new TaskCompletionSource();
        await using var upstream = await StubUpstream.StartAsync(async context =>
        {
            await context.Response.WriteAsync(First);
            await context.Response.Body.FlushAsync();
            await firstArrived.Task.WaitAsync(context.RequestAborted);
            throw new IOException("Cut off.");
        });
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        using var answer = await gateway.Client.GetAsync(
            new Uri("v1/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[First.Length], TestContext.Current.CancellationToken);
        firstArrived.SetResult();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task The_upstream_learns_that_the_client_went_away()
    {
        var left = new TaskCompletionSource();
        await using var upstream = await StubUpstream.StartAsync(async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            await context.Response.WriteAsync(First);
            await context.Response.Body.FlushAsync();
            await left.Task;
        });
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        using (await gateway.Client.GetAsync(
            new Uri("v1/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
        }

        await left.Task.WaitAsync(TestContext.Current.CancellationToken);
    }
}
