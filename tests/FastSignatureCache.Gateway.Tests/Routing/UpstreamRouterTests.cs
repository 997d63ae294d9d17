using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Routing;

namespace FastSignatureCache.Gateway.Tests.Routing;

public class UpstreamRouterTests
{
    private readonly UpstreamRouter _router = new(new GatewayOptions());

    [Theory]
    [InlineData(nameof(Provider.Gemini), "https://generativelanguage.googleapis.com/")]
    [InlineData(nameof(Provider.Vertex), "https://aiplatform.googleapis.com/")]
    [InlineData(nameof(Provider.Anthropic), "https://api.anthropic.com/")]
    [InlineData(nameof(Provider.OpenRouter), "https://openrouter.ai/")]
    [InlineData(nameof(Provider.OpenAi), "https://api.openai.com/")]
    public void Every_provider_has_its_public_endpoint(string provider, string expected) =>
        Assert.Equal(expected, _router.Find(Enum.Parse<Provider>(provider), "/v1/x")?.AbsoluteUri);

    [Theory]
    [InlineData("us-central1", "https://us-central1-aiplatform.googleapis.com/")]
    [InlineData("europe-west4", "https://europe-west4-aiplatform.googleapis.com/")]
    [InlineData("global", "https://aiplatform.googleapis.com/")]
    [InlineData("elsewhere.test%2F", null)]
    [InlineData("elsewhere.test", null)]
    [InlineData("user@host", null)]
    [InlineData("a:1", null)]
    [InlineData("-a", null)]
    [InlineData("a-", null)]
    [InlineData("", null)]
    [InlineData("US", null)]
    [InlineData("x\n", null)]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", null)]
    public void A_location_of_vertex_is_a_label_of_the_host_and_nothing_else(string location, string? expected) =>
        Assert.Equal(expected, _router.Find(Provider.Vertex, $"/v1/projects/p/locations/{location}/publishers/google/models/m:x")?.AbsoluteUri);

    [Fact]
    public void Locations_beyond_those_it_remembers_are_routed_all_the_same()
    {
        for (var number = 0; number < 300; number++)
        {
            Assert.Equal(
                $"https://region-{number}-aiplatform.googleapis.com/",
                _router.Find(Provider.Vertex, $"/v1/projects/p/locations/region-{number}/x")?.AbsoluteUri);
        }
    }

    [Fact]
    public void A_path_of_nobody_has_no_upstream() => Assert.Null(_router.Find(null, "/x"));

    [Fact]
    public void A_single_upstream_gets_everything()
    {
        var router = new UpstreamRouter(new GatewayOptions { Upstream = "http://one.test/base" });
        Assert.Equal("http://one.test/base", router.Find(null, "/x")?.AbsoluteUri);
        Assert.Equal("http://one.test/base", router.Find(Provider.Vertex, "/v1/projects/p/locations/a.b/x")?.AbsoluteUri);
    }
}
