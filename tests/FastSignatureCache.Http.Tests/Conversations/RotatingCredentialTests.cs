using FastSignatureCache.Http.Tests.Properties.Identity;

namespace FastSignatureCache.Http.Tests.Conversations;

/// <summary>Credentials that are exchanged while a turn goes on.</summary>
public class RotatingCredentialTests
{
    private static readonly (string, string) Caller = ("X-Caller", "alice");

    [Theory]
    [InlineData("gemini", true)]
    [InlineData("openai", true)]
    [InlineData("anthropic", true)]
    [InlineData("anthropic, bound to its account", false)]
    public async Task A_header_that_names_the_caller_outlives_them_unless_signatures_are_the_accounts(string protocol, bool isRestored)
    {
        using var client = new IdentityClient(protocol, Options()) { Header = Caller };

        await AssertAsync(client, isRestored);
    }

    [Theory]
    [InlineData("gemini", UpstreamProvider.GeminiApi)]
    [InlineData("openai", UpstreamProvider.GeminiApi)]
    [InlineData("anthropic", UpstreamProvider.Anthropic)]
    public async Task A_policy_may_say_that_signatures_are_the_accounts(string protocol, UpstreamProvider provider)
    {
        SignatureRestorationOptions options = Options();
        options.Policies.Add(new UpstreamPolicy { Provider = provider, IsAccountBound = true });
        using var client = new IdentityClient(protocol, options) { Header = Caller };

        await AssertAsync(client, isRestored: false);
    }

    [Theory]
    [InlineData("gemini")]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Without_such_a_header_a_new_credential_is_a_new_caller(string protocol)
    {
        using var client = new IdentityClient(protocol, Options());

        await AssertAsync(client, isRestored: false);
    }

    [Theory]
    [InlineData("gemini")]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Another_caller_gets_nothing_even_with_the_same_credential(string protocol)
    {
        using var client = new IdentityClient(protocol, Options()) { Header = Caller };
        Branch conversation = IdentityClient.Conversation("Hello.", "s");
        await client.ReadAsync(conversation, "call_8f3k2m1q");

        client.Header = ("X-Caller", "bob");

        Assert.Null(await client.RestoredAsync(conversation));
    }

    private static SignatureRestorationOptions Options() => new() { CallerHeaders = { "X-Caller" } };

    private static async Task AssertAsync(IdentityClient client, bool isRestored)
    {
        Branch conversation = IdentityClient.Conversation("Hello.", "s");
        string signature = await client.ReadAsync(conversation, "call_8f3k2m1q");

        Assert.Equal(signature, await client.RestoredAsync(conversation));
        Assert.Equal(isRestored ? signature : null, await client.RestoredAsync(conversation with { Caller = "next key" }));
    }
}
