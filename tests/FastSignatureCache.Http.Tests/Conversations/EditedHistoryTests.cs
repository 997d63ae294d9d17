using FastSignatureCache.Http.Tests.Properties.Identity;

namespace FastSignatureCache.Http.Tests.Conversations;

/// <summary>Clients that compact their history or edit its first message while a turn goes on.</summary>
public class EditedHistoryTests
{
    private const string Id = "call_8f3k2m1q";

    [Theory]
    [InlineData("gemini", "s", null, true)]
    [InlineData("openai", "s", null, true)]
    [InlineData("anthropic", "s", null, true)]
    [InlineData("anthropic, bound to what stood before", "s", Id, false)]
    [InlineData("gemini", null, Id, false)]
    [InlineData("openai", null, Id, false)]
    [InlineData("anthropic", null, Id, false)]
    public async Task Where_old_turns_are_dropped_the_current_one_is_restored_if_the_client_names_its_conversation(
        string protocol, string? session, string? id, bool isRestored)
    {
        using var client = new IdentityClient(protocol);
        Branch conversation = IdentityClient.Conversation("one", session);
        await client.SayAsync(conversation, "Done.", "two");
        string signature = await client.ReadAsync(conversation, id);

        conversation.History.RemoveRange(0, 2);

        Assert.Equal(isRestored ? signature : null, await client.RestoredAsync(conversation));
    }

    [Theory]
    [InlineData("gemini", Id, true)]
    [InlineData("openai", Id, true)]
    [InlineData("anthropic", Id, true)]
    [InlineData("anthropic, bound to what stood before", Id, false)]
    [InlineData("gemini", "call_Read", false)]
    [InlineData("openai", "call_Read", false)]
    [InlineData("anthropic", "call_Read", false)]
    [InlineData("gemini", null, false)]
    [InlineData("openai", null, false)]
    [InlineData("anthropic", null, false)]
    public async Task Where_a_summary_takes_the_place_of_the_users_words_only_an_id_of_its_own_finds_a_call(
        string protocol, string? id, bool isRestored)
    {
        using var client = new IdentityClient(protocol);
        Branch conversation = IdentityClient.Conversation("one", "s");
        await client.SayAsync(conversation, "Done.", "two");
        string signature = await client.ReadAsync(conversation, id);

        conversation.History.RemoveRange(0, 3);
        conversation.History.Insert(0, new UserMessage("A summary of one and two."));

        Assert.Equal(isRestored ? signature : null, await client.RestoredAsync(conversation));
    }

    [Theory]
    [InlineData("gemini", "s", true)]
    [InlineData("openai", "s", true)]
    [InlineData("anthropic", "s", true)]
    [InlineData("anthropic, bound to what stood before", "s", false)]
    [InlineData("gemini", null, false)]
    [InlineData("openai", null, false)]
    [InlineData("anthropic", null, false)]
    public async Task An_edited_first_message_is_another_conversation_unless_the_client_names_it(string protocol, string? session, bool isRestored)
    {
        using var client = new IdentityClient(protocol);
        Branch conversation = IdentityClient.Conversation("one", session);
        await client.SayAsync(conversation, "Done.", "two");
        string signature = await client.ReadAsync(conversation, Id);

        conversation.History[0] = new UserMessage("one, edited");

        Assert.Equal(isRestored ? signature : null, await client.RestoredAsync(conversation));
    }

    [Theory]
    [InlineData("gemini")]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_first_message_edited_into_that_of_another_conversation_gets_nothing_of_it(string protocol)
    {
        using var client = new IdentityClient(protocol);
        Branch conversation = IdentityClient.Conversation("one");
        Branch other = IdentityClient.Conversation("another");
        await client.SayAsync(conversation, "Done.", "two");
        await client.SayAsync(other, "Done.", "three");
        await client.ReadAsync(conversation);
        await client.ReadAsync(other);

        conversation.History[0] = other.History[0];

        Assert.Null(await client.RestoredAsync(conversation));
    }

    [Theory]
    [InlineData("gemini")]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_result_that_was_cleared_hides_later_calls_without_ids(string protocol)
    {
        using var client = new IdentityClient(protocol);
        Branch conversation = IdentityClient.Conversation("one", "s");
        await client.ReadAsync(conversation);
        await client.ReadAsync(conversation);
        var result = (ToolResults)conversation.History[2];

        conversation.History[2] = result with { Texts = ["cleared"] };

        Assert.Null(await client.RestoredAsync(conversation));
    }
}
