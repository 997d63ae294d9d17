using FastSignatureCache.Http.Policies;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Policies;

public sealed class UpstreamPoliciesTests
{
    private const string User = """{"role":"user","parts":[{"text":"What is the weather?"}]}""";
    private const string Call = """{"functionCall":{"id":"c1","name":"weather","args":{"city":"Oslo"}}}""";
    private const string Result = """{"role":"user","parts":[{"functionResponse":{"name":"weather","response":{"t":5}}}]}""";

    private static readonly string Signed = $$"""{{Call[..^1]}},"thoughtSignature":"{{Signatures.Make(1)}}"}""";

    private static string Body(string call) => $$"""{"contents":[{{User}},{"role":"model","parts":[{{call}}]},{{Result}}]}""";

    private static string Path(string model) => $"/v1beta/models/{model}:generateContent";

    [Theory]
    [InlineData(UpstreamProvider.GeminiApi, "gemini-3-pro-preview", CheckedParts.Calls, true, false)]
    [InlineData(UpstreamProvider.GeminiApi, "models/gemini-2.5-pro", CheckedParts.None, false, false)]
    [InlineData(UpstreamProvider.VertexAi, "google/gemini-3-pro", CheckedParts.Calls, true, false)]
    [InlineData(UpstreamProvider.OpenRouter, "google/Gemini-2.5-flash", CheckedParts.None, false, false)]
    [InlineData(UpstreamProvider.Anthropic, "claude-sonnet-4-5-20250929", CheckedParts.Thinking, false, false)]
    [InlineData(UpstreamProvider.Anthropic, "anthropic/claude-sonnet-4.5", CheckedParts.Thinking, false, false)]
    [InlineData(UpstreamProvider.Anthropic, "claude-opus-4-20250514", CheckedParts.Thinking, false, false)]
    [InlineData(UpstreamProvider.Anthropic, "anthropic/claude-opus-4", CheckedParts.Thinking, false, false)]
    [InlineData(UpstreamProvider.Anthropic, "claude-opus-4-8", CheckedParts.None, false, false)]
    [InlineData(UpstreamProvider.Anthropic, "claude-fable-5-1", CheckedParts.None, false, true)]
    public void Without_policies_of_its_own_a_host_has_the_providers(
        UpstreamProvider provider, string model, CheckedParts checkedParts, bool hasPlaceholder, bool isBound)
    {
        UpstreamPolicy policy = new UpstreamPolicies([]).Of(provider, model);

        Assert.Equal(
            (checkedParts, hasPlaceholder, isBound, isBound),
            (policy.CheckedParts, policy.Placeholder is not null, policy.IsPrefixBound, policy.IsAccountBound));
    }

    [Fact]
    public void The_first_policy_that_fits_counts()
    {
        var policies = new UpstreamPolicies(
        [
            new() { Provider = UpstreamProvider.GeminiApi, ModelPrefix = "gemini-3-pro", Scope = SignatureScope.ModelFamily },
            new() { Provider = UpstreamProvider.GeminiApi, IsAccountBound = true },
        ]);

        Assert.Equal(SignatureScope.ModelFamily, policies.Of(UpstreamProvider.GeminiApi, "gemini-3-pro-preview").Scope);
        Assert.True(policies.Of(UpstreamProvider.GeminiApi, "gemini-3-flash").IsAccountBound);
        Assert.NotNull(policies.Of(UpstreamProvider.VertexAi, "gemini-3-flash").Placeholder);
    }

    [Theory]
    [InlineData(SignatureScope.Model, false)]
    [InlineData(SignatureScope.ModelFamily, true)]
    public async Task What_one_model_signed_is_good_for_its_family_only_where_the_policy_says_so(SignatureScope scope, bool isRestored)
    {
        var options = new SignatureRestorationOptions();
        options.Policies.Add(new UpstreamPolicy { Provider = UpstreamProvider.GeminiApi, ModelPrefix = "gemini-3", Scope = scope });
        using var rig = new Rig(options);
        await LearnAsync(rig, "gemini-3-pro");

        Assert.Equal(Body(isRestored ? Signed : Call), await rig.RepairAsync(Path("gemini-3-flash"), Body(Call)));
        Assert.Equal(Body(Call), await rig.RepairAsync(Path("gemini-2.5-pro"), Body(Call)));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Another_credential_of_the_same_caller_is_another_account_only_where_that_counts(bool isAccountBound, bool isRestored)
    {
        var options = new SignatureRestorationOptions();
        options.CallerHeaders.Add("X-Tenant");
        options.Policies.Add(new UpstreamPolicy { Provider = UpstreamProvider.GeminiApi, IsAccountBound = isAccountBound });
        using var rig = new Rig(options);
        await LearnAsync(rig, "gemini-3-pro", "umbrella");

        Assert.Equal(Body(isRestored ? Signed : Call), await RepairAsync(rig, "umbrella", "k2"));
        Assert.Equal(Body(Signed), await RepairAsync(rig, "umbrella", "k"));
        Assert.Equal(Body(Call), await RepairAsync(rig, "another", "k"));
        Assert.Equal(Body(Call), await RepairAsync(rig, null, "k"));
    }

    private static async Task LearnAsync(Rig rig, string model, string? tenant = null)
    {
        rig.Upstream.Answer = static () => StubUpstream.Json(
            $$"""{"candidates":[{"content":{"role":"model","parts":[{{Signed}}]},"finishReason":"STOP"}]}""");
        using HttpResponseMessage response = await rig.SendAsync(Request(model, $$"""{"contents":[{{User}}]}""", tenant, "k"));
        _ = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        rig.Upstream.Answer = static () => StubUpstream.Json("{}");
    }

    private static async Task<string> RepairAsync(Rig rig, string? tenant, string key)
    {
        using HttpResponseMessage response = await rig.SendAsync(Request("gemini-3-pro", Body(Call), tenant, key));
        return rig.Upstream.Body;
    }

    private static HttpRequestMessage Request(string model, string body, string? tenant, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("http://upstream" + Path(model))) { Content = new StringContent(body) };
        request.Headers.Add("x-goog-api-key", key);
        if (tenant is not null)
        {
            request.Headers.Add("X-Tenant", tenant);
        }

        return request;
    }
}
