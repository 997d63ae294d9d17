using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using FastSignatureCache.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.Gateway.Tests.Forwarding;

public class PassThroughTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task Any_method_and_path_reaches_the_upstream_as_written(string method)
    {
        await using var upstream = await StubUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status207MultiStatus;
            return Task.CompletedTask;
        });
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        const string Target = "/odd//a%2Fb%252F;v=1/../x?q=%20+&empty=&key=k";
        using var request = new HttpRequestMessage(new HttpMethod(method), Exactly(gateway.BaseAddress, Target));

        using var answer = await gateway.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.MultiStatus, answer.StatusCode);
        var received = Assert.Single(upstream.Requests);
        Assert.Equal(method, received.Method);
        Assert.Equal(Target, received.Target);
    }

    [Fact]
    public async Task The_base_path_of_the_upstream_stands_before_every_path()
    {
        await using var upstream = await StubUpstream.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await RunningGateway.StartAsync(new Uri(upstream.BaseAddress, "proxy/base/"));
        using var answer = await gateway.Client.GetAsync("v1/models?x=1", Cancellation);
        Assert.Equal("/proxy/base/v1/models?x=1", Assert.Single(upstream.Requests).Target);
    }

    [Fact]
    public async Task Headers_pass_both_ways_and_none_is_added()
    {
        await using var upstream = await StubUpstream.StartAsync(context =>
        {
            context.Response.Headers["X-Answer"] = "caf\u00e9";
            context.Response.Headers.Append("Set-Cookie", "a=1");
            context.Response.Headers.Append("Set-Cookie", "b=2");
            context.Response.Headers.Server = "upstream";
            context.Response.Headers.Location = "http://elsewhere.test/";
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            return Task.CompletedTask;
        });
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/anything");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "token");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("Cookie", "c=3");
        request.Headers.Add("Accept-Encoding", "gzip, br");

        using var answer = await gateway.Client.SendAsync(request, Cancellation);

        var received = Assert.Single(upstream.Requests).Headers;
        Assert.Equal(["Accept-Encoding", "Authorization", "Cookie", "Host", "traceparent"], received.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(upstream.BaseAddress.Authority, received["Host"]);
        Assert.Equal("Bearer token", received["Authorization"]);
        Assert.Equal("gzip, br", received["Accept-Encoding"]);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", received["traceparent"]);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal("http://elsewhere.test/", answer.Headers.Location?.AbsoluteUri);
        Assert.Equal(["a=1", "b=2"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal("upstream", answer.Headers.Server.ToString());
        Assert.Single(answer.Headers.GetValues("Date"));
    }

    [Fact]
    public async Task Header_values_keep_bytes_that_are_no_ascii()
    {
        await using var upstream = await StubUpstream.StartAsync(context =>
        {
            context.Response.Headers["X-Answer"] = context.Request.Headers["X-Question"];
            return Task.CompletedTask;
        });
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        using var latin = new HttpClient(new SocketsHttpHandler
        {
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.BaseAddress);
        request.Headers.TryAddWithoutValidation("X-Question", "caf\u00e9 \u00ff");
        using var answer = await latin.SendAsync(request, Cancellation);
        Assert.Equal("caf\u00e9 \u00ff", Assert.Single(answer.Headers.GetValues("X-Answer")));
    }

    [Fact]
    public async Task Bodies_pass_byte_for_byte_both_ways_beyond_every_default_limit()
    {
        var sent = RandomNumberGenerator.GetBytes(40_000_000);
        var answered = RandomNumberGenerator.GetBytes(3_000_000);
        await using var upstream = await StubUpstream.StartAsync(context => context.Response.Body.WriteAsync(answered).AsTask());
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        using var content = new ByteArrayContent(sent);
        using var answer = await gateway.Client.PostAsync("upload/v1beta/files", content, Cancellation);
        Assert.Equal(answered, await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(sent, Assert.Single(upstream.Requests).Body);
    }

    [Theory]
    [InlineData("v1/messages", """{"model":"m","messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"","signature":""}]}]}""")]
    [InlineData("v1beta/models/m:generateContent", "no json { at all")]
    [InlineData("v1/chat/completions", """ { "messages" : [ ] , "model":"m" , "messages":[] } """)]
    public async Task Bodies_that_need_nothing_pass_byte_for_byte(string path, string body)
    {
        await using var upstream = await StubUpstream.StartAsync(context => context.Response.WriteAsync(body));
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await gateway.Client.PostAsync(path, content, Cancellation);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(body, Encoding.UTF8.GetString(Assert.Single(upstream.Requests).Body));
    }

    [Fact]
    public async Task Web_sockets_pass_both_ways()
    {
        await using var upstream = await StubUpstream.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, true, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        });
        await using var gateway = await RunningGateway.StartAsync(upstream.BaseAddress);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{gateway.BaseAddress.Authority}/ws/google.live"), Cancellation);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Cancellation);
        var buffer = new byte[100];
        var echoed = await socket.ReceiveAsync(buffer, Cancellation);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, echoed.Count));
    }

    private static Uri Exactly(Uri address, string target) => new(
        address.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
