using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Protocols.OpenAi;

public sealed class OpenAiRestorationTests : IDisposable
{
    private const string VertexPath = "/v1/projects/p/locations/global/endpoints/openapi/chat/completions";
    private const string OpenRouterPath = "/api/v1/chat/completions";
    private const string User = """{"role":"user","content":"What is the weather?"}""";
    private const string Call = """{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}""";
    private const string Sibling = """{"id":"c2","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}""";
    private const string Result = """{"role":"tool","tool_call_id":"c1","content":"5"}""";

    private static readonly string S1 = Signatures.Make(1);
    private static readonly string S2 = Signatures.Make(2);

    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    private static string Body(params string[] messages) =>
        $$"""{"model":"gemini-3-pro","messages":[{{string.Join(",", messages)}}]}""";

    private static string Assistant(params string[] calls) =>
        $$"""{"role":"assistant","content":null,"tool_calls":[{{string.Join(",", calls)}}]}""";

    private static string Signed(string call, string signature, string vendor = "google") =>
        $$$$"""{{{{call[..^1]}}}},"extra_content":{"{{{{vendor}}}}":{"thought_signature":"{{{{signature}}}}"}}}""";

    private static HttpResponseMessage Whole(string message) =>
        StubUpstream.Json($$"""{"choices":[{"index":0,"message":{{message}},"finish_reason":"tool_calls"}]}""");

    private static HttpResponseMessage Deltas(params string[] deltas) => StubUpstream.Events(
        string.Concat(deltas.Select(delta => $$"""data: {"choices":[{"index":0,"delta":{{delta}},"finish_reason":null}]}""" + "\n\n"))
        + """data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n");

    private async Task AssertRestoredAsync(string signature)
    {
        Assert.Equal(
            Body(User, Assistant(Signed(Call, signature), Sibling), Result),
            await _rig.RepairAsync(Rig.OpenAiPath, Body(User, Assistant(Call, Sibling), Result)));
    }

    [Fact]
    public async Task The_first_of_parallel_calls_gets_its_signature_back()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Whole(Assistant(Signed(Call, S1), Sibling)));

        await AssertRestoredAsync(S1);
    }

    [Fact]
    public async Task Only_the_current_turn_is_repaired()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Whole(Assistant(Signed(Call, S1))));
        string history = Body(User, Assistant(Call), Result, """{"role":"assistant","content":"Fine."}""", User);

        Assert.Equal(history, await _rig.RepairAsync(Rig.OpenAiPath, history));
    }

    [Fact]
    public async Task A_client_that_drops_ids_and_writes_arguments_anew_is_served()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Whole(Assistant(Signed(Call, S1))));
        string call = """{"type":"function","function":{"arguments":"{ \"city\" : \"\\u004fslo\" }","name":"weather"}}""";

        Assert.Contains(S1, await _rig.RepairAsync(Rig.OpenAiPath, Body(User, Assistant(call), Result)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_invents_ids_is_served()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Whole(Assistant(Signed(Call, S1))));
        string call = Call.Replace("c1", "mine", StringComparison.Ordinal);

        Assert.Contains(S1, await _rig.RepairAsync(Rig.OpenAiPath, Body(User, Assistant(call), Result)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_id_is_not_overruled_by_the_only_candidate()
    {
        // The same call in another place of the conversation: had its answer been seen, its id would be known.
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Whole(Assistant(Signed(Call, S1))));
        string call = Call.Replace("c1", "c9", StringComparison.Ordinal);
        string body = Body(User, """{"role":"assistant","content":"Well."}""", """{"role":"user","content":"Again."}""", Assistant(call), Result);

        Assert.Equal(body, await _rig.RepairAsync(Rig.OpenAiPath, body));
    }

    [Fact]
    public async Task Deltas_with_index_are_joined()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Deltas(
            $$$$"""{"role":"assistant","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"weather","arguments":""},"extra_content":{"google":{"thought_signature":"{{{{S1}}}}"}}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"\"Oslo\"}"}}]}""",
            """{"tool_calls":[{"index":1,"id":"c2","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}]}"""));

        await AssertRestoredAsync(S1);
        string withoutIds = Body(User, Assistant(Call.Replace("\"id\":\"c1\",", "", StringComparison.Ordinal)), Result);
        Assert.Contains(S1, await _rig.RepairAsync(Rig.OpenAiPath, withoutIds), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deltas_without_index_are_told_apart_by_id()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Deltas(
            $$"""{"role":"assistant","tool_calls":[{{Signed(Call, S1)}}]}""",
            $$"""{"tool_calls":[{{Sibling}}]}"""));

        await AssertRestoredAsync(S1);
        string first = Body(User, Assistant(Sibling.Replace("\"id\":\"c2\",", "", StringComparison.Ordinal)), Result);
        Assert.Equal(first, await _rig.RepairAsync(Rig.OpenAiPath, first));
    }

    [Fact]
    public async Task A_signature_in_a_delta_of_its_own_belongs_to_the_call()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Deltas(
            $$"""{"role":"assistant","tool_calls":[{{Call}},{{Sibling}}]}""",
            $$$$"""{"tool_calls":[{"id":"c1","extra_content":{"google":{"thought_signature":"{{{{S1}}}}"}}}]}"""));

        await AssertRestoredAsync(S1);
    }

    [Fact]
    public async Task A_signature_on_a_message_with_calls_belongs_to_the_first()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Deltas(
            $$"""{"role":"assistant","tool_calls":[{{Call}},{{Sibling}}]}""",
            $$$$"""{"extra_content":{"google":{"thought_signature":"{{{{S1}}}}"}}}"""));

        await AssertRestoredAsync(S1);
    }

    [Fact]
    public async Task A_signature_on_a_message_with_text_and_calls_is_the_texts_and_never_a_calls()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Deltas(
            """{"role":"assistant","content":"One moment."}""",
            $$"""{"tool_calls":[{{Call}}]}""",
            $$$$"""{"extra_content":{"google":{"thought_signature":"{{{{S1}}}}"}}}"""));
        string body = Body(User, Assistant(Call).Replace("null", "\"One moment.\"", StringComparison.Ordinal), Result);

        Assert.Equal(body, await _rig.RepairAsync(Rig.OpenAiPath, body));
    }

    [Fact]
    public async Task A_split_signature_is_joined_and_a_repeated_one_is_not()
    {
        string Piece(string piece) => $$$$"""{"tool_calls":[{"index":0,"extra_content":{"google":{"thought_signature":"{{{{piece}}}}"}}}]}""";
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Deltas(
            $$"""{"role":"assistant","tool_calls":[{"index":0,{{Call[1..]}}]}""", Piece(S1[..30]), Piece(S1[30..]), Piece(S1)));

        await AssertRestoredAsync(S1);
    }

    [Theory]
    [InlineData("""null""", """{"google":{"thought_signature":"S"}}""")]
    [InlineData("""{}""", """{"google":{"thought_signature":"S"}}""")]
    [InlineData("""{"other":1}""", """{"other":1,"google":{"thought_signature":"S"}}""")]
    [InlineData("""{"google":{}}""", """{"google":{"thought_signature":"S"}}""")]
    [InlineData("""{"google":null}""", """{"google":{"thought_signature":"S"}}""")]
    [InlineData("""{"google":{"thought":true}}""", """{"google":{"thought":true,"thought_signature":"S"}}""")]
    [InlineData("""{"google":{"thought_signature":""}}""", """{"google":{"thought_signature":"S"}}""")]
    [InlineData("""{"google":{"thought_signature":"skip_thought_signature_validator"}}""", """{"google":{"thought_signature":"S"}}""")]
    public async Task What_the_client_left_of_extra_content_is_completed(string left, string completed)
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Whole(Assistant(Signed(Call, S1))));

        string With(string extra) => Body(User, Assistant($$"""{{Call[..^1]}},"extra_content":{{extra}}}"""), Result);
        string sent = await _rig.RepairAsync(Rig.OpenAiPath, With(left));

        Assert.Equal(With(completed.Replace("\"S\"", $"\"{S1}\"", StringComparison.Ordinal)), sent);
    }

    [Fact]
    public async Task A_signature_that_the_client_sent_wins()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Whole(Assistant(Signed(Call, S1))));
        string own = Body(User, Assistant(Signed(Call, S2)), Result);

        Assert.Equal(own, await _rig.RepairAsync(Rig.OpenAiPath, own));
    }

    [Fact]
    public async Task Vertex_gets_its_own_name()
    {
        await _rig.LearnAsync(VertexPath, Body(User), Whole(Assistant(Signed(Call, S1, "vertex"))));

        Assert.Equal(
            Body(User, Assistant(Signed(Call, S1, "vertex")), Result),
            await _rig.RepairAsync(VertexPath, Body(User, Assistant(Call), Result)));
    }

    [Fact]
    public async Task A_text_answer_gets_its_signature_back()
    {
        string text = """{"role":"assistant","content":"It is cold."}""";
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Deltas(
            """{"role":"assistant","content":"It is "}""", """{"content":"cold."}""",
            $$$$"""{"content":"","extra_content":{"google":{"thought_signature":"{{{{S1}}}}"}}}"""));

        Assert.Equal(
            Body(User, Signed(text, S1), User), await _rig.RepairAsync(Rig.OpenAiPath, Body(User, text, User)));
    }

    [Theory]
    [InlineData("", ",\"reasoning_details\":[D]")]
    [InlineData(",\"reasoning_details\":null", ",\"reasoning_details\":[D]")]
    [InlineData(",\"reasoning_details\":[]", ",\"reasoning_details\":[D]")]
    [InlineData(",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Hm\"}]", ",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Hm\"},D]")]
    public async Task OpenRouter_gets_reasoning_details(string left, string completed)
    {
        string learnt = $$"""{"type":"reasoning.encrypted","format":"google-gemini-v1","id":"c1","data":"{{S1}}","index":0}""";
        await _rig.LearnAsync(OpenRouterPath, Body(User), Deltas(
            $$"""{"role":"assistant","reasoning_details":[{{learnt}}]}""", $$"""{"tool_calls":[{"index":0,{{Call[1..]}}]}"""));
        string detail = $$"""{"type":"reasoning.encrypted","format":"google-gemini-v1","id":"c1","data":"{{S1}}"}""";

        string With(string details) => Body(User, Assistant(Call)[..^1] + details + "}", Result);
        string sent = await _rig.RepairAsync(OpenRouterPath, With(left));

        Assert.Equal(With(completed.Replace("D", detail, StringComparison.Ordinal)), sent);
    }

    [Fact]
    public async Task OpenRouter_details_that_the_client_kept_stay()
    {
        await _rig.LearnAsync(OpenRouterPath, Body(User), Whole(Assistant(Signed(Call, S1))));
        string own = Body(User, Assistant(Call)[..^1] + $$""","reasoning_details":[{"type":"reasoning.encrypted","data":"{{S2}}"}]}""", Result);

        Assert.Equal(own, await _rig.RepairAsync(OpenRouterPath, own));
    }

    [Fact]
    public async Task Content_in_parts_and_a_leading_system_message_make_no_difference()
    {
        string system = """{"role":"system","content":"Be brief."}""";
        await _rig.LearnAsync(Rig.OpenAiPath, Body(system, User), Whole(Assistant(Signed(Call, S1))));

        string user = """{"content":[{"type":"text","text":"What is the weather?"}],"role":"user"}""";
        Assert.Contains(
            S1, await _rig.RepairAsync(Rig.OpenAiPath, Body(system, user, Assistant(Call), Result)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_choice_is_captured_by_itself()
    {
        string one = Assistant(Signed(Call, S1));
        string two = Assistant(Signed(Sibling, S2));
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), StubUpstream.Json(
            $$"""{"choices":[{"index":0,"message":{{one}},"finish_reason":"stop"},{"message":{{two}},"index":1,"finish_reason":"stop"}]}"""));

        Assert.Contains(S2, await _rig.RepairAsync(Rig.OpenAiPath, Body(User, Assistant(Sibling), Result)), StringComparison.Ordinal);
        Assert.Contains(S1, await _rig.RepairAsync(Rig.OpenAiPath, Body(User, Assistant(Call), Result)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_many_calls_share_does_not_sign_another_call()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Whole(Assistant(Signed(Call, S1))));
        string other = """{"id":"c1","type":"function","function":{"name":"write","arguments":"{}"}}""";
        string body = Body(User, """{"role":"assistant","content":"Hello."}""", """{"role":"user","content":"Write."}""", Assistant(other), Result);

        Assert.Equal(body, await _rig.RepairAsync(Rig.OpenAiPath, body));
    }

    [Fact]
    public async Task An_OpenRouter_placeholder_gives_way_to_the_real_signature()
    {
        await _rig.LearnAsync(OpenRouterPath, Body(User), Whole(Assistant(Signed(Call, S1))));
        string With(string data) => Body(
            User, Assistant(Call)[..^1] + $$""","reasoning_details":[{"type":"reasoning.encrypted","id":"c1","data":"{{data}}"}]}""", Result);

        Assert.Equal(With(S1), await _rig.RepairAsync(OpenRouterPath, With("skip_thought_signature_validator")));
    }

    [Fact]
    public async Task Arguments_cut_within_a_surrogate_pair_are_read()
    {
        await _rig.LearnAsync(Rig.OpenAiPath, Body(User), Deltas(
            $$$$"""{"tool_calls":[{"index":0,"id":"c1","function":{"name":"f","arguments":"{\"a\":\"\ud83d"},"extra_content":{"google":{"thought_signature":"{{{{S1}}}}"}}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"\ude00\"}"}}]}"""));
        string call = """{"type":"function","function":{"name":"f","arguments":"{\"a\":\"😀\"}"}}""";

        Assert.Contains(S1, await _rig.RepairAsync(Rig.OpenAiPath, Body(User, Assistant(call), Result)), StringComparison.Ordinal);
    }
}
