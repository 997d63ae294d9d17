using FastSignatureCache.Gateway.Hosting;
using FastSignatureCache.Gateway.Options;
using Microsoft.Extensions.Options;

namespace FastSignatureCache.Gateway.Tests.Options;

public class GatewayOptionsValidatorTests
{
    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://*:80;https://0.0.0.0:443")]
    [InlineData("http://unix:/tmp/gateway.sock")]
    public void These_are_addresses_to_listen_on(string urls) =>
        Assert.Empty(GatewayOptionsValidator.FaultsOf(new GatewayOptions { Urls = urls }));

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("8787")]
    [InlineData("127.0.0.1:8787")]
    [InlineData("ftp://127.0.0.1:8787")]
    [InlineData("http://127.0.0.1:70000")]
    [InlineData("http://127.0.0.1:8787/base")]
    public void These_are_not(string urls) =>
        Assert.StartsWith("Urls must ", Assert.Single(GatewayOptionsValidator.FaultsOf(new GatewayOptions { Urls = urls })), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:1234")]
    [InlineData("https://proxy.test/base/path/")]
    public void These_are_upstreams(string url) =>
        Assert.Empty(GatewayOptionsValidator.FaultsOf(new GatewayOptions { Upstream = url }));

    [Theory]
    [InlineData("")]
    [InlineData("api.test")]
    [InlineData("/v1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://api.test")]
    [InlineData("http://user:password@api.test")]
    [InlineData("http://api.test?key=1")]
    [InlineData("http://api.test#part")]
    public void These_are_no_upstreams(string url) =>
        Assert.StartsWith("Upstream must ", Assert.Single(GatewayOptionsValidator.FaultsOf(new GatewayOptions { Upstream = url })), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://user:pl4nted@upstream.test")]
    [InlineData("upstream.test?key=pl4nted")]
    [InlineData("http://upstream.test/#pl4nted")]
    public void ACredential_in_aUrl_is_not_repeated(string url) => Assert.All(
        GatewayOptionsValidator.FaultsOf(new GatewayOptions { Upstream = url, Telemetry = { Otlp = url } }),
        static fault => Assert.DoesNotContain("pl4nted", fault, StringComparison.Ordinal));

    [Fact]
    public async Task All_faults_of_all_parts_are_named_at_once()
    {
        var options = new GatewayOptions
        {
            Urls = "nowhere",
            Upstream = "nowhere",
            ActivityTimeout = TimeSpan.Zero,
            ConnectTimeout = TimeSpan.FromHours(1),
            Upstreams =
            {
                Gemini = "a", Vertex = "{location}", VertexGlobal = "c", Anthropic = "d", OpenRouter = "e", OpenAi = "f",
            },
            Cache = { Capacity = 0, MaxBytes = 1, TimeToLive = TimeSpan.Zero },
            Restoration = { MaxRequestBodyBytes = 0, Secret = "short" },
            Store = { Data = "", Redis = " ", Timeout = TimeSpan.Zero, MaxBytes = 0 },
        };

        var faults = GatewayOptionsValidator.FaultsOf(options);

        Assert.Equal(20, faults.Count);
        Assert.Contains(faults, fault => fault.StartsWith("Upstreams:Vertex must", StringComparison.Ordinal) && fault.Contains("{location}", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Cache: Capacity", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Restoration: ", StringComparison.Ordinal) && fault.Contains("Secret", StringComparison.Ordinal));
        Assert.DoesNotContain(faults, fault => fault.Contains("short", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(
            () => GatewayApplication.BuildAsync(options, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(faults, refused.Failures);
    }
}
