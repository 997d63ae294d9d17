using FastSignatureCache.Http.Tests.Properties.Identity;

namespace FastSignatureCache.Http.Tests.Conversations;

/// <summary>Agents that share a session and make equal calls, most of them without ids.</summary>
public class SubAgentTests
{
    public static TheoryData<string> Protocols => ["gemini", "openai", "anthropic"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Agents_with_tasks_of_their_own_get_their_own(string protocol)
    {
        using var client = new IdentityClient(protocol);
        Branch one = IdentityClient.Conversation("Look here.", "s");
        Branch two = IdentityClient.Conversation("Look there.", "s");
        string ofOne = await client.ReadAsync(one);
        string ofTwo = await client.ReadAsync(two);

        Assert.Equal(ofOne, await client.RestoredAsync(one));
        Assert.Equal(ofTwo, await client.RestoredAsync(two));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Agents_with_instructions_of_their_own_get_their_own(string protocol)
    {
        using var client = new IdentityClient(protocol);
        Branch one = IdentityClient.Conversation("Look.", "s", "You search.");
        Branch two = IdentityClient.Conversation("Look.", "s", "You review.");
        string ofOne = await client.ReadAsync(one);
        string ofTwo = await client.ReadAsync(two);

        Assert.Equal(ofOne, await client.RestoredAsync(one));
        Assert.Equal(ofTwo, await client.RestoredAsync(two));
    }

    [Theory]
    [InlineData("gemini", null)]
    [InlineData("openai", "call_Read")]
    [InlineData("anthropic", "call_0")]
    public async Task An_agent_whose_signature_is_gone_gets_nothing_of_another_with_another_task(string protocol, string? id)
    {
        using var client = new IdentityClient(protocol);
        Branch one = IdentityClient.Conversation("Look here.", "s");
        Branch two = IdentityClient.Conversation("Look there.", "s");
        await client.ReadAsync(one, id);
        client.Cache.Clear();
        await client.ReadAsync(two, id);

        Assert.Null(await client.RestoredAsync(one));
    }

    [Theory]
    [InlineData("gemini", null)]
    [InlineData("openai", "call_Read")]
    [InlineData("anthropic", "call_0")]
    public async Task An_agent_whose_signature_is_gone_gets_nothing_of_another_with_other_instructions(string protocol, string? id)
    {
        using var client = new IdentityClient(protocol);
        Branch one = IdentityClient.Conversation("Look.", "s", "You search.");
        Branch two = IdentityClient.Conversation("Look.", "s", "You review.");
        await client.ReadAsync(one, id);
        client.Cache.Clear();
        await client.ReadAsync(two, id);

        Assert.Null(await client.RestoredAsync(one));
    }

    [Theory]
    [InlineData("gemini", "call_8f3k2m1q", true)]
    [InlineData("openai", "call_8f3k2m1q", true)]
    [InlineData("anthropic", "call_8f3k2m1q", true)]
    [InlineData("gemini", null, false)]
    [InlineData("openai", null, false)]
    [InlineData("anthropic", null, false)]
    public async Task A_step_that_was_merged_into_another_agents_turn_is_found_by_its_id_only(string protocol, string? id, bool isRestored)
    {
        using var client = new IdentityClient(protocol);
        Branch main = IdentityClient.Conversation("Look.", "s");
        Branch helper = IdentityClient.Conversation("Help.", "s");
        await client.ReadAsync(main, "call_1a2b3c4d");
        string signature = await client.ReadAsync(helper, id);

        main.History.AddRange(helper.History[1..]);

        Assert.Equal(isRestored ? signature : null, await client.RestoredAsync(main));
    }
}
