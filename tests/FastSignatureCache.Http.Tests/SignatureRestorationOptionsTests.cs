using Microsoft.Extensions.Options;

namespace FastSignatureCache.Http.Tests;

public sealed class SignatureRestorationOptionsTests
{
    [Fact]
    public void Every_fault_is_named_at_once()
    {
        using var cache = new SignatureCache();
        var options = new SignatureRestorationOptions { MaxRequestBodyBytes = 0, MaxResponseBodyBytes = long.MaxValue, Secret = "short" };
        options.ConversationHeaders.Add(" ");
        options.CallerHeaders.Add("");
        options.Policies.Add(null!);
        options.Policies.Add(new UpstreamPolicy { Provider = (UpstreamProvider)9 });
        options.Policies.Add(new UpstreamPolicy { Provider = UpstreamProvider.OpenRouter, ModelPrefix = "google/gemini-3" });
        options.Policies.Add(new UpstreamPolicy { Provider = UpstreamProvider.VertexAi, Placeholder = "let_me_in" });

        var refused = Assert.Throws<OptionsValidationException>(() => new SignatureRestoringHandler(cache, options));

        Assert.Equal(9, refused.Failures.Count());
        foreach (string name in (string[])
            ["MaxRequestBodyBytes", "MaxResponseBodyBytes", "ConversationHeaders", "CallerHeaders", "Secret", "let_me_in", "may be null", "a provider", "last slash"])
        {
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("short", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_as_documented()
    {
        var options = new SignatureRestorationOptions();

        Assert.Equal(64 * 1024 * 1024, options.MaxRequestBodyBytes);
        Assert.Equal(64 * 1024 * 1024, options.MaxResponseBodyBytes);
        Assert.Null(options.Secret);
        Assert.Equal("X-Conversation-Id", options.ConversationHeaders[0]);
        Assert.True(options.RecoversRejections);
        Assert.Empty(options.CallerHeaders);
        Assert.Empty(options.Policies);
    }

    [Fact]
    public void A_cache_is_required() =>
        Assert.Throws<ArgumentNullException>("cache", () => new SignatureRestoringHandler(null!));
}
