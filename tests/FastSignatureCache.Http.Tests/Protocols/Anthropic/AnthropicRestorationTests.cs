using System.Text.Json;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Protocols.Anthropic;

public sealed class AnthropicRestorationTests : IDisposable
{
    private const string Path = "/v1/messages";
    private const string On = """{"type":"enabled","budget_tokens":2000}""";
    private const string User = """{"role":"user","content":"What is the weather?"}""";
    private const string Result = """{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_01AbCdEfGh","content":"5"}]}""";
    private const string Call = """{"type":"tool_use","id":"toolu_01AbCdEfGh","name":"weather","input":{"city":"Oslo","days":3}}""";
    private const string Text = """{"type":"text","text":"Let me see."}""";

    // Written as no serializer of ours would: what is put back has to be the very bytes.
    private static readonly string Thinking = $$"""{ "type":"thinking", "thinking":"é \u00e9 \"<&>\" + 日本","signature":"{{Signatures.Make(1)}}" }""";
    private static readonly string Thinking2 = $$"""{"signature":"{{Signatures.Make(2)}}","type":"thinking","thinking":""}""";
    private static readonly string Redacted = $$"""{"type":"redacted_thinking","data":"{{Signatures.Make(3)}}"}""";

    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    private static string Body(params string[] messages) => BodyOf("claude-sonnet-4-5", On, "", messages);

    private static string BodyOf(string model, string thinking, string more, params string[] messages) =>
        $$"""{"model":"{{model}}","max_tokens":9000,"messages":[{{string.Join(",", messages)}}],{{more}}"thinking":{{thinking}}}""";

    private static string Model(params string[] blocks) => $$"""{"role":"assistant","content":[{{string.Join(",", blocks)}}]}""";

    private static HttpResponseMessage Answer(params string[] blocks) => StubUpstream.Json(
        $$"""{"type":"message","role":"assistant","content":[{{string.Join(",", blocks)}}],"stop_reason":"tool_use"}""");

    private static HttpResponseMessage Stream(params object[] events) => StubUpstream.Events(string.Concat(events.Select(static one =>
    {
        string json = JsonSerializer.Serialize(one);
        return $"event: {JsonDocument.Parse(json).RootElement.GetProperty("type")}\ndata: {json}\n\n";
    })));

    [Fact]
    public async Task Blocks_come_back_byte_for_byte_before_the_call()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Redacted, Thinking2, Call));

        string sent = await _rig.RepairAsync(Path, Body(User, Model(Call), Result));

        Assert.Equal(Body(User, Model(Thinking, Redacted, Thinking2, Call), Result), sent);
    }

    [Fact]
    public async Task They_come_back_before_the_text_that_they_stood_before()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Text, Call));

        Assert.Equal(
            Body(User, Model(Thinking, Text, Call), Result), await _rig.RepairAsync(Path, Body(User, Model(Text, Call), Result)));
        Assert.Equal(Body(User, Model(Thinking, Call), Result), await _rig.RepairAsync(Path, Body(User, Model(Call), Result)));
    }

    [Fact]
    public async Task Thinking_between_blocks_comes_back_between_them_and_only_if_all_are_there()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Text, Thinking2, Call));

        Assert.Equal(
            Body(User, Model(Thinking, Text, Thinking2, Call), Result), await _rig.RepairAsync(Path, Body(User, Model(Text, Call), Result)));
        Assert.Equal(Body(User, Model(Call), Result), await _rig.RepairAsync(Path, Body(User, Model(Call), Result)));
    }

    [Fact]
    public async Task Every_step_of_every_turn_gets_its_own()
    {
        string call2 = Call.Replace("toolu_01AbCdEfGh", "toolu_02AbCdEfGh", StringComparison.Ordinal);
        string result2 = Result.Replace("toolu_01AbCdEfGh", "toolu_02AbCdEfGh", StringComparison.Ordinal);
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Call));
        await _rig.LearnAsync(Path, Body(User, Model(Call), Result), Answer(Thinking2, call2));
        await _rig.LearnAsync(Path, Body(User, Model(Call), Result, Model(call2), result2), Answer(Redacted, Text));

        string sent = await _rig.RepairAsync(Path, Body(User, Model(Call), Result, Model(call2), result2, Model(Text), User));

        Assert.Equal(
            Body(User, Model(Thinking, Call), Result, Model(Thinking2, call2), result2, Model(Redacted, Text), User), sent);
    }

    [Fact]
    public async Task Before_a_text_they_come_back_only_if_the_steps_to_it_do()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Call));
        await _rig.LearnAsync(Path, Body(User, Model(Call), Result), Answer(Thinking2, Text));

        Assert.Equal(
            Body(User, Model(Thinking, Call), Result, Model(Thinking2, Text), User),
            await _rig.RepairAsync(Path, Body(User, Model(Call), Result, Model(Text), User)));
        Assert.Equal(Body(User, Model(Text), User), await _rig.RepairAsync(Path, Body(User, Model(Text), User)));
    }

    [Fact]
    public async Task Content_that_is_one_string_becomes_an_array()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Text));

        string sent = await _rig.RepairAsync(Path, Body(User, """{"role":"assistant","content":"Let me see."}""", User));

        Assert.Equal(Body(User, Model(Thinking, Text), User), sent);
    }

    [Fact]
    public async Task Messages_of_the_model_that_follow_one_another_are_one_step()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Text, Call));

        Assert.Equal(
            Body(User, Model(Thinking, Text), Model(Call), Result), await _rig.RepairAsync(Path, Body(User, Model(Text), Model(Call), Result)));
    }

    [Fact]
    public async Task A_stream_is_captured_block_by_block()
    {
        await _rig.LearnAsync(Path, Body(User), Stream(
            new { type = "message_start", message = new { type = "message", content = Array.Empty<object>(), stop_reason = (string?)null } },
            new { type = "content_block_start", index = 0, content_block = new { type = "thinking", thinking = "", signature = "" } },
            new { type = "ping" },
            new { type = "content_block_delta", index = 0, delta = new { type = "thinking_delta", thinking = "I \"th" } },
            new { type = "content_block_delta", index = 0, delta = new { type = "thinking_delta", thinking = "ink\" é\n" } },
            new { type = "content_block_delta", index = 0, delta = new { type = "signature_delta", signature = Signatures.Make(7) } },
            new { type = "content_block_stop", index = 0 },
            new { type = "content_block_start", index = 1, content_block = new { type = "redacted_thinking", data = Signatures.Make(8) } },
            new { type = "content_block_stop", index = 1 },
            new { type = "content_block_start", index = 2, content_block = new { type = "tool_use", id = "toolu_01AbCdEfGh", name = "weather", input = new { } } },
            new { type = "content_block_delta", index = 2, delta = new { type = "input_json_delta", partial_json = "" } },
            new { type = "content_block_delta", index = 2, delta = new { type = "input_json_delta", partial_json = "{\"days\":3," } },
            new { type = "content_block_delta", index = 2, delta = new { type = "input_json_delta", partial_json = "\"city\":\"Oslo\"}" } },
            new { type = "content_block_stop", index = 2 },
            new { type = "message_delta", delta = new { stop_reason = "tool_use" }, usage = new { output_tokens = 9 } },
            new { type = "message_stop" }));

        // The id is gone: only what the call says finds it.
        string call = Call.Replace("\"id\":\"toolu_01AbCdEfGh\",", "", StringComparison.Ordinal);
        string sent = await _rig.RepairAsync(Path, Body(User, Model(call), Result));

        using JsonDocument body = JsonDocument.Parse(sent);
        JsonElement content = body.RootElement.GetProperty("messages")[1].GetProperty("content");
        Assert.Equal("I \"think\" é\n", content[0].GetProperty("thinking").GetString());
        Assert.Equal(Signatures.Make(7), content[0].GetProperty("signature").GetString());
        Assert.Equal(Signatures.Make(8), content[1].GetProperty("data").GetString());
        Assert.Equal("tool_use", content[2].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Nothing_is_kept_of_thinking_that_was_cut_off()
    {
        await _rig.LearnAsync(Path, Body(User), Stream(
            new { type = "content_block_start", index = 0, content_block = new { type = "thinking", thinking = "", signature = "" } },
            new { type = "content_block_delta", index = 0, delta = new { type = "thinking_delta", thinking = new string('x', 100) } },
            new { type = "content_block_stop", index = 0 },
            new { type = "content_block_start", index = 1, content_block = new { type = "text", text = "" } },
            new { type = "content_block_delta", index = 1, delta = new { type = "text_delta", text = "x" } },
            new { type = "message_delta", delta = new { stop_reason = "max_tokens" } },
            new { type = "message_stop" }));

        Assert.Equal(0, _rig.Cache.Count);
    }

    [Fact]
    public async Task What_the_client_sent_stays()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Call));
        string body = Body(User, Model(Thinking2, Call), Result);

        Assert.Equal(body, await _rig.RepairAsync(Path, body));
    }

    [Theory]
    [InlineData("""{"type":"thinking","thinking":"I forgot it"}""")]
    [InlineData("""{"type":"thinking","thinking":"I forgot it","signature":""}""")]
    [InlineData("""{"type":"thinking","thinking":"I forgot it","signature":null}""")]
    [InlineData("""{"type":"redacted_thinking"}""")]
    public async Task Blocks_without_a_signature_give_way_to_those_that_have_one(string block)
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Redacted, Call));

        string sent = await _rig.RepairAsync(Path, Body(User, Model(block, Call), Result));

        Assert.Equal(Body(User, Model(Thinking, Redacted, Call), Result), sent);
    }

    [Theory]
    [InlineData("""{"type":"disabled"}""")]
    [InlineData("null")]
    public async Task Nothing_is_put_back_where_thinking_is_off(string thinking)
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Call));
        string body = BodyOf("claude-sonnet-4-5", thinking, "", User, Model(Call), Result);

        Assert.Equal(body, await _rig.RepairAsync(Path, body));
    }

    [Fact]
    public async Task Nothing_is_put_back_for_another_model()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Call));
        string body = BodyOf("claude-opus-4-1", On, "", User, Model(Call), Result);

        Assert.Equal(body, await _rig.RepairAsync(Path, body));
    }

    [Theory]
    [InlineData("claude-sonnet-4-5", true)]
    [InlineData("claude-next", false)]
    public async Task Nothing_is_put_back_after_another_prefix_where_blocks_are_bound_to_it(string model, bool isRestored)
    {
        const string Tools = "\"tools\":[{\"name\":\"weather\"}],\"system\":\"Be kind.\",";
        const string OtherTools = "\"tools\":[{\"name\":\"forecast\"}],\"system\":\"Be kind.\",";
        const string Adaptive = """{"type":"adaptive"}""";
        using var rig = new Rig();
        const string Session = "\"metadata\":{\"user_id\":\"session\"},";
        await rig.LearnAsync(Path, BodyOf(model, Adaptive, Session + Tools, User), Answer(Thinking, Call));

        Assert.Equal(
            BodyOf(model, Adaptive, Session + Tools, User, Model(Thinking, Call), Result),
            await rig.RepairAsync(Path, BodyOf(model, Adaptive, Session + Tools, User, Model(Call), Result)));
        Assert.Equal(
            BodyOf(model, Adaptive, Session + OtherTools, User, isRestored ? Model(Thinking, Call) : Model(Call), Result),
            await rig.RepairAsync(Path, BodyOf(model, Adaptive, Session + OtherTools, User, Model(Call), Result)));
        Assert.Equal(
            BodyOf(model, Adaptive, Session + Tools, Text2User, isRestored ? Model(Thinking, Call) : Model(Call), Result),
            await rig.RepairAsync(Path, BodyOf(model, Adaptive, Session + Tools, Text2User, Model(Call), Result)));
    }

    private const string Text2User = """{"role":"user","content":[{"type":"text","text":"What is the weather now?"}]}""";

    [Fact]
    public async Task Where_earlier_thinking_is_lost_none_that_is_bound_to_it_comes_back()
    {
        const string Adaptive = """{"type":"adaptive"}""";
        string call2 = Call.Replace("toolu_01AbCdEfGh", "toolu_02AbCdEfGh", StringComparison.Ordinal);
        string result2 = Result.Replace("toolu_01AbCdEfGh", "toolu_02AbCdEfGh", StringComparison.Ordinal);
        string NextBody(params string[] messages) => BodyOf("claude-next", Adaptive, "", messages);
        // The first step was answered elsewhere.
        await _rig.LearnAsync(Path, NextBody(User, Model(Thinking, Call), Result), Answer(Thinking2, call2));
        string sent = NextBody(User, Model(Call), Result, Model(call2), result2);

        Assert.Equal(sent, await _rig.RepairAsync(Path, sent));
        Assert.Equal(
            NextBody(User, Model(Thinking, Call), Result, Model(Thinking2, call2), result2),
            await _rig.RepairAsync(Path, NextBody(User, Model(Thinking, Call), Result, Model(call2), result2)));
    }

    [Fact]
    public async Task Marks_for_the_cache_of_prompts_may_move()
    {
        const string Marked = """{"role":"user","content":[{"type":"text","text":"What is the weather?","cache_control":{"type":"ephemeral"}}]}""";
        const string MarkedResult = """{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_01AbCdEfGh","content":[{"type":"text","text":"5","cache_control":{"type":"ephemeral"}}]}]}""";
        const string PlainResult = """{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_01AbCdEfGh","content":[{"type":"text","text":"5"}]}]}""";
        string call2 = Call.Replace("toolu_01AbCdEfGh", "toolu_02AbCdEfGh", StringComparison.Ordinal);
        const string Adaptive = """{"type":"adaptive"}""";
        string NextBody(params string[] messages) => BodyOf("claude-next", Adaptive, "", messages);
        await _rig.LearnAsync(Path, NextBody(Marked), Answer(Thinking, Call));
        await _rig.LearnAsync(Path, NextBody(User, Model(Call), MarkedResult), Answer(Thinking2, call2));

        Assert.Equal(
            NextBody(User, Model(Thinking, Call), PlainResult, Model(Thinking2, call2), Result),
            await _rig.RepairAsync(Path, NextBody(User, Model(Call), PlainResult, Model(call2), Result)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"messages\":[]}")]
    [InlineData("{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\"}")]
    [InlineData("{\"model\":\"claude-sonnet-4-5\",\"thinking\":{\"type\":\"enabled\"},\"messages\":[{\"role\":\"assistant\",\"content\":[7,null,{\"type\":5}]},3]}")]
    public async Task What_is_not_understood_passes_untouched(string body) =>
        Assert.Equal(body, await _rig.RepairAsync(Path, body));

    [Fact]
    public async Task Only_messages_are_read()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Call));
        string body = Body(User, Model(Call), Result);

        Assert.Equal(body, await _rig.RepairAsync("/v1/messages/count_tokens", body));
    }
}
