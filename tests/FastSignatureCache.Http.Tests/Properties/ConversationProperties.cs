using System.Text.Json.Nodes;
using FastSignatureCache.Http.Tests.Support;
using FsCheck.Xunit;

namespace FastSignatureCache.Http.Tests.Properties;

public sealed class ConversationProperties
{
    private static readonly IWire[] Wires = [new GeminiWire(), new OpenAiWire()];

    [Property(MaxTest = 300, EndSize = 40)]
    public void A_body_that_needs_nothing_reaches_the_upstream_byte_for_byte(GeneratedTurn[] turns, bool hasIds, bool isGemini, int formatting)
    {
        (Rig rig, GeneratedConversation conversation, IWire wire) = Play(turns, hasIds, isGemini);
        string body = new JsonScribbler(formatting).Write(conversation.Complete);

        Assert.Equal(body, rig.RepairAsync(wire.Path, body).Result);
        rig.Dispose();
    }

    [Property(MaxTest = 300, EndSize = 40)]
    public void What_was_inserted_can_be_cut_out_again(GeneratedTurn[] turns, bool hasIds, bool isGemini, int formatting)
    {
        (Rig rig, GeneratedConversation conversation, IWire wire) = Play(turns, hasIds, isGemini);
        string body = new JsonScribbler(formatting).Write(conversation.Sent);

        string sent = rig.RepairAsync(wire.Path, body).Result;

        foreach (string signature in conversation.Dropped)
        {
            sent = sent.Replace(wire.Inserted(signature), "", StringComparison.Ordinal);
        }

        Assert.Equal(body, sent);
        rig.Dispose();
    }

    [Property(MaxTest = 300, EndSize = 40)]
    public void Every_signature_of_the_current_turn_comes_back_where_it_was(GeneratedTurn[] turns, bool hasIds, bool isGemini, int formatting)
    {
        (Rig rig, GeneratedConversation conversation, IWire wire) = Play(turns, hasIds, isGemini);
        string body = new JsonScribbler(formatting).Write(conversation.Sent);

        JsonNode? sent = JsonNode.Parse(rig.RepairAsync(wire.Path, body).Result);

        Assert.True(JsonNode.DeepEquals(conversation.Repaired, sent), $"""
            {System.Text.Json.JsonSerializer.Serialize(turns)}
            {conversation.Repaired.ToJsonString()}
            but was
            {sent?.ToJsonString()}
            """);
        rig.Dispose();
    }

    [Property(MaxTest = 100)]
    public void The_same_history_gives_the_same_bytes_twice(GeneratedTurn[] turns, bool hasIds, bool isGemini, int formatting)
    {
        (Rig rig, GeneratedConversation conversation, IWire wire) = Play(turns, hasIds, isGemini);
        string body = new JsonScribbler(formatting).Write(conversation.Sent);

        Assert.Equal(rig.RepairAsync(wire.Path, body).Result, rig.RepairAsync(wire.Path, body).Result);
        rig.Dispose();
    }

    [Property(MaxTest = 500)]
    public void Bytes_that_are_no_request_pass_through_untouched(byte[] garbage, bool isGemini, int cut)
    {
        using var rig = new Rig();
        string path = Wires[isGemini ? 0 : 1].Path;
        string whole = new JsonScribbler(cut).Write(Wires[isGemini ? 0 : 1].Request([Wires[isGemini ? 0 : 1].User("hi")]));
        byte[] body = [.. System.Text.Encoding.UTF8.GetBytes(whole)[..(int)((uint)cut % (uint)whole.Length)], .. garbage];

        using HttpResponseMessage response = rig.SendAsync(path, new ByteArrayContent(body)).Result;

        Assert.Equal(body, rig.Upstream.Bodies[^1]);
    }

    private static (Rig Rig, GeneratedConversation Conversation, IWire Wire) Play(GeneratedTurn[] turns, bool hasIds, bool isGemini)
    {
        IWire wire = Wires[isGemini ? 0 : 1];
        var conversation = new GeneratedConversation(wire, [new GeneratedTurn(0, [], true), .. turns], hasIds);
        var rig = new Rig();
        foreach (Exchange exchange in conversation.Exchanges)
        {
            _ = rig.LearnAsync(wire.Path, exchange.Request.ToJsonString(), StubUpstream.Json(exchange.Answer.ToJsonString())).Result;
        }

        return (rig, conversation, wire);
    }
}
