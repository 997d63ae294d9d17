using FastSignatureCache.Http.Tests.Properties.Identity;

namespace FastSignatureCache.Http.Tests.Conversations;

/// <summary>Two conversations of one caller that begin with the same words and have no name.</summary>
public class SharedOpeningTests
{
    public static TheoryData<string> Protocols => ["gemini", "openai", "anthropic"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task They_get_their_own_where_their_words_differ(string protocol)
    {
        using var client = new IdentityClient(protocol);
        (Branch one, Branch two) = (IdentityClient.Conversation("Hello."), IdentityClient.Conversation("Hello."));
        await client.SayAsync(one, "Hi.", "Read it.");
        await client.SayAsync(two, "Good day.", "Read it.");
        string ofOne = await client.ReadAsync(one);
        string ofTwo = await client.ReadAsync(two);

        Assert.Equal(ofOne, await client.RestoredAsync(one));
        Assert.Equal(ofTwo, await client.RestoredAsync(two));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task They_get_nothing_where_they_are_alike_in_every_word(string protocol)
    {
        using var client = new IdentityClient(protocol);
        (Branch one, Branch two) = (IdentityClient.Conversation("Hello."), IdentityClient.Conversation("Hello."));
        await client.ReadAsync(one, "call_Read");
        await client.ReadAsync(two, "call_Read");

        Assert.Null(await client.RestoredAsync(one));
        Assert.Null(await client.RestoredAsync(two));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Their_ids_tell_them_apart(string protocol)
    {
        using var client = new IdentityClient(protocol);
        (Branch one, Branch two) = (IdentityClient.Conversation("Hello."), IdentityClient.Conversation("Hello."));
        string ofOne = await client.ReadAsync(one, "call_1a2b3c4d");
        string ofTwo = await client.ReadAsync(two, "call_5e6f7g8h");

        Assert.Equal(ofOne, await client.RestoredAsync(one));
        Assert.Equal(ofTwo, await client.RestoredAsync(two));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_id_whose_signature_is_gone_gets_nothing_of_the_other(string protocol)
    {
        using var client = new IdentityClient(protocol);
        (Branch one, Branch two) = (IdentityClient.Conversation("Hello."), IdentityClient.Conversation("Hello."));
        await client.ReadAsync(one, "call_1a2b3c4d");
        client.Cache.Clear();
        await client.ReadAsync(two, "call_5e6f7g8h");

        Assert.Null(await client.RestoredAsync(one));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_id_that_another_call_has_too_gives_nothing_of_it(string protocol)
    {
        using var client = new IdentityClient(protocol);
        (Branch one, Branch two) = (IdentityClient.Conversation("Hello."), IdentityClient.Conversation("Hello."));
        await client.ReadAsync(one, "call_0");
        await client.ReadAsync(two, "call_0");
        var step = (ModelStep)two.History[1];

        // The model's other call was never signed.
        two.History[1] = step with { Calls = [new Call("Run", "{}", "call_0")] };

        Assert.Null(await client.RestoredAsync(two));
    }
}
