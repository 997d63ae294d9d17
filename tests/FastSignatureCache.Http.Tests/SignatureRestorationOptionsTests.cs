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

        var refused = Assert.Throws<OptionsValidationException>(() => new SignatureRestoringHandler(cache, options));

        Assert.Equal(4, refused.Failures.Count());
        foreach (string name in (string[])["MaxRequestBodyBytes", "MaxResponseBodyBytes", "ConversationHeaders", "Secret"])
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
    }

    [Fact]
    public void A_cache_is_required() =>
        Assert.Throws<ArgumentNullException>("cache", () => new SignatureRestoringHandler(null!));
}
