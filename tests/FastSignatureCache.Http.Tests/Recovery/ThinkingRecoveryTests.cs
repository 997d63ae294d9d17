using System.Net;
using System.Text;
using System.Text.Json;
using FastSignatureCache.Http.Tests.Support;
using FsCheck.Xunit;

namespace FastSignatureCache.Http.Tests.Recovery;

public sealed class ThinkingRecoveryTests : IDisposable
{
    private const string Path = "/v1/messages";
    private const string User = """{"role":"user","content":"What is the weather?"}""";
    private const string Invalid = "Invalid `signature` in `thinking` block";
    private const string Expected = "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled";
    private const string Modified = "`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.";
    private const string Off = """{"type":"disabled"}""";

    private static readonly string Thinking = $$"""{"type":"thinking","thinking":"I think","signature":"{{Signatures.Make(1)}}"}""";
    private static readonly string Thinking2 = $$"""{"type":"thinking","thinking":"I go on","signature":"{{Signatures.Make(2)}}"}""";
    private static readonly string Altered = $$"""{"type":"thinking","thinking":"I th...","signature":"{{Signatures.Make(1)}}"}""";

    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    private static string Call(int number) => $$$"""{"type":"tool_use","id":"toolu_0{{{number}}}AbCdEfGh","name":"weather","input":{}}""";

    private static string Result(int number) => $$"""{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_0{{number}}AbCdEfGh","content":"5"}]}""";

    private static string Body(params string[] messages) => BodyOf("claude-sonnet-4-5", """{"type":"enabled","budget_tokens":2000}""", messages);

    private static string BodyOf(string model, string thinking, params string[] messages) =>
        $$"""{"model":"{{model}}","thinking":{{thinking}},"messages":[{{string.Join(",", messages)}}]}""";

    private static string Model(params string[] blocks) => $$"""{"role":"assistant","content":[{{string.Join(",", blocks)}}]}""";

    private static HttpResponseMessage Answer(params string[] blocks) => StubUpstream.Json(
        $$"""{"type":"message","role":"assistant","content":[{{string.Join(",", blocks)}}],"stop_reason":"tool_use"}""");

    private static HttpResponseMessage Error(string message) => new(HttpStatusCode.BadRequest)
    {
        Content = new StringContent(
            JsonSerializer.Serialize(new { type = "error", error = new { type = "invalid_request_error", message } }), Encoding.UTF8, "application/json"),
    };

    private async Task<string[]> RefuseOnceAsync(string body, string message)
    {
        int before = _rig.Upstream.Bodies.Count;
        _rig.Upstream.Answer = () => _rig.Upstream.Bodies.Count == before + 1 ? Error(message) : Answer("""{"type":"text","text":"fine"}""");
        using HttpResponseMessage response = await _rig.SendAsync(Path, body);
        return [.. _rig.Upstream.Bodies.Skip(before).Select(Encoding.UTF8.GetString)];
    }

    private async Task LearnTwoStepsAsync()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Call(1)));
        await _rig.LearnAsync(Path, Body(User, Model(Call(1)), Result(1)), Answer(Thinking2, Call(2)));
    }

    [Fact]
    public async Task What_was_refused_goes_with_all_that_came_after_it_and_the_turn_ends_without_thinking()
    {
        await LearnTwoStepsAsync();
        string lacking = Body(User, Model(Call(1)), Result(1), Model(Call(2)), Result(2));

        string[] sent = await RefuseOnceAsync(lacking, "messages.3.content.0: " + Invalid);

        Assert.Equal(Body(User, Model(Thinking, Call(1)), Result(1), Model(Thinking2, Call(2)), Result(2)), sent[0]);
        Assert.Equal(BodyOf("claude-sonnet-4-5", Off, User, Model(Thinking, Call(1)), Result(1), Model(Call(2)), Result(2)), sent[1]);
        // The step that was named has left the cache, the other has not.
        Assert.Equal(1, _rig.Cache.GetMetrics().CorruptionsByReason[CorruptionReason.Invalid]);
        Assert.Equal(sent[1], await _rig.RepairAsync(Path, lacking));
    }

    [Fact]
    public async Task A_model_that_does_not_ask_for_it_goes_on_thinking()
    {
        const string Adaptive = """{"type":"adaptive"}""";
        await _rig.LearnAsync(Path, BodyOf("claude-fable-5-1", Adaptive, User), Answer(Thinking, Call(1)));

        string[] sent = await RefuseOnceAsync(
            BodyOf("claude-fable-5-1", Adaptive, User, Model(Call(1)), Result(1)),
            $"messages.1.content.0: {Invalid}. The block is bound to a different conversation. Remove the block, or set `thinking`");

        Assert.Equal(BodyOf("claude-fable-5-1", Adaptive, User, Model(Call(1)), Result(1)), sent[1]);
    }

    [Fact]
    public async Task Thinking_that_is_missing_and_nowhere_kept_is_turned_off_until_the_turn_is_over()
    {
        string[] sent = await RefuseOnceAsync(Body(User, Model(Call(1)), Result(1)), Expected);

        Assert.Equal(BodyOf("claude-sonnet-4-5", Off, User, Model(Call(1)), Result(1)), sent[1]);
        Assert.Equal(
            BodyOf("claude-sonnet-4-5", Off, User, Model(Call(1)), Result(1), Model(Call(2)), Result(2)),
            await _rig.RepairAsync(Path, Body(User, Model(Call(1)), Result(1), Model(Call(2)), Result(2))));
        string next = Body(User, Model(Call(1)), Result(1), Model("""{"type":"text","text":"5"}"""), """{"role":"user","content":"And now?"}""");
        Assert.Equal(next, await _rig.RepairAsync(Path, next));
    }

    [Fact]
    public async Task A_word_beside_the_results_does_not_end_the_turn()
    {
        const string Reminded = """{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_01AbCdEfGh","content":"5"},{"type":"text","text":"Be quick."}]}""";

        string[] sent = await RefuseOnceAsync(Body(User, Model(Call(1)), Reminded), Expected);

        Assert.Equal(BodyOf("claude-sonnet-4-5", Off, User, Model(Call(1)), Reminded), sent[1]);
    }

    [Fact]
    public async Task What_was_missing_once_comes_back_if_it_turns_up()
    {
        await RefuseOnceAsync(Body(User, Model(Call(1)), Result(1)), Expected);
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Call(1)));

        Assert.Equal(
            Body(User, Model(Thinking, Call(1)), Result(1)), await _rig.RepairAsync(Path, Body(User, Model(Call(1)), Result(1))));
    }

    [Theory]
    [InlineData("messages.1.content.0: " + Modified)]
    [InlineData(Modified)]
    [InlineData("messages.1.content.0: " + Invalid)]
    public async Task Blocks_that_the_client_altered_give_way_to_ours(string message)
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Thinking2, Call(1)));

        string[] sent = await RefuseOnceAsync(Body(User, Model(Altered, Call(1)), Result(1)), message);

        Assert.Equal([Body(User, Model(Altered, Call(1)), Result(1)), Body(User, Model(Thinking, Thinking2, Call(1)), Result(1))], sent);
        Assert.Equal(0, _rig.Cache.GetMetrics().Corruptions);
    }

    [Fact]
    public async Task Where_ours_is_refused_too_the_next_request_does_without()
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Call(1)));
        string altered = Body(User, Model(Altered, Call(1)), Result(1));
        _rig.Upstream.Answer = () => Error("messages.1.content.0: " + Invalid);
        int before = _rig.Upstream.Bodies.Count;
        using HttpResponseMessage response = await _rig.SendAsync(Path, altered);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(before + 2, _rig.Upstream.Bodies.Count);
        Assert.Equal(0, _rig.Cache.Count);
        Assert.Equal(BodyOf("claude-sonnet-4-5", Off, User, Model(Call(1)), Result(1)), await _rig.RepairAsync(Path, altered));
    }

    [Fact]
    public async Task Blocks_of_the_clients_own_that_nobody_has_are_taken_out()
    {
        const string Text = """{"type":"text","text":"5 degrees"}""";
        const string Second = """{"role":"user","content":"And now?"}""";

        string[] sent = await RefuseOnceAsync(
            Body(User, Model(Thinking, Thinking2, Text), Second, Model(Thinking2, Call(1)), Result(1)), "messages.1.content.1: " + Invalid);

        Assert.Equal(BodyOf("claude-sonnet-4-5", Off, User, Model(Text), Second, Model(Call(1)), Result(1)), sent[1]);
    }

    [Fact]
    public async Task A_block_without_a_signature_that_nobody_has_is_taken_out()
    {
        const string Bare = """{"type":"thinking","thinking":"hm"}""";

        string[] sent = await RefuseOnceAsync(
            Body(User, Model(Bare, Call(1)), Result(1)), "messages.1.content.0.thinking.signature: Field required");

        Assert.Equal(BodyOf("claude-sonnet-4-5", Off, User, Model(Call(1)), Result(1)), sent[1]);
    }

    [Fact]
    public async Task What_is_kept_for_another_protocol_is_no_thinking()
    {
        const string OpenAi = """{"model":"claude-sonnet-4-5","session_id":"s","messages":[{"role":"user","content":"u"}]}""";
        await _rig.LearnAsync(Rig.OpenAiPath, OpenAi, StubUpstream.Json(
            $$$$"""{"choices":[{"message":{"tool_calls":[{"id":"toolu_01AbCdEfGh","function":{"name":"weather","arguments":"{}"},"extra_content":{"google":{"thought_signature":"{{{{Signatures.Make(9)}}}}"}}}]},"finish_reason":"stop"}]}"""));
        string body = Body(User, Model(Call(1)), Result(1))[..^1] + ""","session_id":"s"}""";

        Assert.Equal(body, await _rig.RepairAsync(Path, body));
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":""}""")]
    [InlineData("""{"role":"assistant","content":"One moment."}""")]
    [InlineData("""{"role":"assistant","content":[]}""")]
    public async Task A_message_before_that_of_the_call_never_makes_the_body_malformed(string before)
    {
        await _rig.LearnAsync(Path, Body(User), Answer(Thinking, Call(1)));

        string sent = await _rig.RepairAsync(Path, Body(User, before, Model(Call(1)), Result(1)));

        using JsonDocument body = JsonDocument.Parse(sent);
        Assert.Equal(4, body.RootElement.GetProperty("messages").GetArrayLength());
    }

    [Property(MaxTest = 300)]
    public void Whatever_the_errors_say_a_request_is_sent_at_most_twice_and_stays_well_formed(
        byte kind, byte entry, bool isOwn, bool isKnown, bool isAltered, bool hasText)
    {
        using var rig = new Rig();
        if (isKnown)
        {
            _ = rig.LearnAsync(Path, Body(User), Answer(Thinking, Call(1))).Result;
        }

        string[] texts =
        [
            $"messages.{entry % 7}.content.{kind % 3}: {Invalid}", Modified, Expected, $"messages.{entry % 7}.content.0.thinking.signature: Field required",
            $"messages.{entry % 7}.content.{kind % 3}: {Modified}", "Corrupted thought signature.", "overloaded",
        ];
        string[] blocks = [.. isOwn ? new[] { isAltered ? Altered : Thinking } : [], .. hasText ? new[] { """{"type":"text","text":"x"}""" } : [], Call(1)];
        int before = rig.Upstream.Bodies.Count;
        rig.Upstream.Answer = () => Error(texts[kind % texts.Length]);

        for (int request = 1; request <= 3; request++)
        {
            using HttpResponseMessage response = rig.SendAsync(Path, Body(User, Model(blocks), Result(1), Model(Thinking2, Call(2)), Result(2))).Result;
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.InRange(rig.Upstream.Bodies.Count - before, request, 2 * request);
        }

        Assert.All(rig.Upstream.Bodies, static body => JsonDocument.Parse(body).Dispose());
    }
}
