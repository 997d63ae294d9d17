using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Http;

namespace FastSignatureCache.Gateway.Tests.Options;

public class PolicyTextTests
{
    [Fact]
    public void Everything_that_can_be_said_is_read() => Assert.Equal(
        new UpstreamPolicy
        {
            Provider = UpstreamProvider.VertexAi,
            ModelPrefix = "gemini-3",
            Scope = SignatureScope.ModelFamily,
            IsAccountBound = true,
            IsPrefixBound = true,
            CheckedParts = CheckedParts.Calls | CheckedParts.Thinking,
            Placeholder = "skip_thought_signature_validator",
        },
        PolicyText.Parse("vertex/gemini-3: family account-bound prefix-bound checks-calls  checks-thinking placeholder=skip_thought_signature_validator"));

    [Theory]
    [InlineData("anthropic")]
    [InlineData("Anthropic:")]
    [InlineData("anthropic: exact")]
    public void What_is_not_said_is_the_default(string text) =>
        Assert.Equal(new UpstreamPolicy { Provider = UpstreamProvider.Anthropic }, PolicyText.Parse(text));

    [Theory]
    [InlineData("", "must be one of gemini, vertex, openrouter, anthropic, but is ''")]
    [InlineData("azure: exact", "must be one of gemini, vertex, openrouter, anthropic, but is 'azure'")]
    [InlineData("gemini: loose", "but has 'loose'")]
    public void What_is_no_policy_is_answered_with_what_would_be(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => PolicyText.Parse(text)).Message, StringComparison.Ordinal);
}
