using System.Net;
using System.Text.Json.Nodes;
using FastSignatureCache.Gateway.Hosting;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Tests.Support;

namespace FastSignatureCache.Gateway.Tests.Forwarding;

public class OwnErrorTests
{
    [Theory]
    [InlineData("v1beta/models/m:generateContent?key=k", "google")]
    [InlineData("v1beta/models/m:streamGenerateContent?alt=sse", "google")]
    [InlineData("v1beta/models/m:streamGenerateContent", "google array")]
    [InlineData("v1/projects/p/locations/us-central1/publishers/google/models/m:generateContent", "google")]
    [InlineData("v1beta/openai/chat/completions", "openai")]
    [InlineData("v1/projects/p/locations/global/endpoints/openapi/chat/completions", "openai")]
    [InlineData("api/v1/chat/completions", "openai")]
    [InlineData("v1/chat/completions", "openai")]
    [InlineData("v1/messages", "anthropic")]
    [InlineData("anything/else", "openai")]
    public async Task An_upstream_out_of_reach_is_502_in_the_protocols_own_shape(string path, string shape)
    {
        using var nobody = new ClosedPort();
        await using var gateway = await RunningGateway.StartAsync(nobody.Address);
        var (status, body) = await PostAsync(gateway.Client, path);

        Assert.Equal(HttpStatusCode.BadGateway, status);
        switch (shape)
        {
            case "google":
                AssertGoogle(body);
                break;
            case "google array":
                AssertGoogle(Assert.Single(body.AsArray())!);
                break;
            case "anthropic":
                Assert.Equal("error", (string?)body["type"]);
                Assert.Equal("api_error", (string?)body["error"]!["type"]);
                AssertMessage(body);
                break;
            default:
                Assert.Equal("gateway_error", (string?)body["error"]!["type"]);
                Assert.Equal("upstream_unreachable", (string?)body["error"]!["code"]);
                AssertMessage(body);
                break;
        }
    }

    [Theory]
    [InlineData("v1beta/models/m:generateContent", "DEADLINE_EXCEEDED")]
    [InlineData("v1/messages", "timeout_error")]
    [InlineData("v1/chat/completions", "upstream_timeout")]
    public async Task An_upstream_that_stays_silent_is_504_in_the_protocols_own_shape(string path, string sign)
    {
        await using var upstream = await StubUpstream.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted)
            .ContinueWith(_ => { }, TaskScheduler.Default));
        await using var gateway = await RunningGateway.StartAsync(
            upstream.BaseAddress, options => options.ActivityTimeout = TimeSpan.FromSeconds(1));
        var (status, body) = await PostAsync(gateway.Client, path);
        Assert.Equal(HttpStatusCode.GatewayTimeout, status);
        Assert.Contains(sign, body.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere/at/all", "No provider has POST /nowhere/at/all")]
    [InlineData("v1/projects/p/locations/evil.test/publishers/google/models/m:generateContent", "No provider has POST")]
    public async Task A_path_of_no_provider_is_404_and_says_which_there_are(string path, string start)
    {
        await using var gateway = await GatewayApplication.BuildAsync(
            new GatewayOptions { Urls = "http://127.0.0.1:0", Store = { Data = StoreOptions.None } },
            cancellationToken: TestContext.Current.CancellationToken);
        await gateway.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.First()) };
        var (status, body) = await PostAsync(client, path + "?key=secret");
        Assert.Equal(HttpStatusCode.NotFound, status);
        var message = (string)body["error"]!["message"]!;
        Assert.StartsWith(start, message, StringComparison.Ordinal);
        Assert.Contains("--upstream", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(HttpClient client, string path)
    {
        using var content = new StringContent("""{"model":"m","contents":[{"role":"user","parts":[{"text":"hi"}]}]}""");
        using var answer = await client.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private static void AssertGoogle(JsonNode body)
    {
        Assert.Equal(502, (int?)body["error"]!["code"]);
        Assert.Equal("UNAVAILABLE", (string?)body["error"]!["status"]);
        AssertMessage(body);
    }

    private static void AssertMessage(JsonNode body) =>
        Assert.StartsWith("The gateway got no answer from http://127.0.0.1:", (string?)body["error"]!["message"], StringComparison.Ordinal);
}
