using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Protocols.Gemini;

public sealed class GeminiRestorationTests : IDisposable
{
    private static readonly string S1 = Signatures.Make(1);
    private static readonly string S2 = Signatures.Make(2);

    private const string User = """{"role":"user","parts":[{"text":"What is the weather?"}]}""";
    private const string Call = """{"functionCall":{"name":"weather","args":{"city":"Oslo","days":3}}}""";
    private const string Result = """{"role":"user","parts":[{"functionResponse":{"name":"weather","response":{"t":5}}}]}""";

    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    private static string Body(params string[] contents) => $$"""{"contents":[{{string.Join(",", contents)}}]}""";

    private static string Model(params string[] parts) => $$"""{"role":"model","parts":[{{string.Join(",", parts)}}]}""";

    private static string Signed(string part, string signature) => $$"""{{part[..^1]}},"thoughtSignature":"{{signature}}"}""";

    private static string Answer(params string[] parts) =>
        $$"""{"candidates":[{"content":{{Model(parts)}},"finishReason":"STOP","index":0}]}""";

    private static HttpResponseMessage Events(params string[] answers) =>
        StubUpstream.Events(string.Concat(answers.Select(answer => $"data: {answer}\r\n\r\n")));

    private static string Piece(string part, bool isLast = false) => isLast ? Answer(part)
        : $$"""{"candidates":[{"content":{{Model(part)}},"index":0}]}""";

    [Fact]
    public async Task A_call_gets_its_signature_back()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));

        string sent = await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(Call), Result));

        Assert.Equal(Body(User, Model(Signed(Call, S1)), Result), sent);
    }

    [Fact]
    public async Task Every_step_of_the_turn_gets_its_own_signature_back()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));
        await _rig.LearnAsync(Rig.GeminiPath, Body(User, Model(Call), Result), StubUpstream.Json(Answer(Signed(Call, S2))));

        string sent = await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(Call), Result, Model(Call), Result));

        Assert.Equal(Body(User, Model(Signed(Call, S1)), Result, Model(Signed(Call, S2)), Result), sent);
    }

    [Fact]
    public async Task Parallel_siblings_stay_unsigned()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1), Call)));

        string sent = await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(Call, Call), Result));

        Assert.Equal(Body(User, Model(Signed(Call, S1), Call), Result), sent);
    }

    [Fact]
    public async Task Calls_of_earlier_turns_are_left_alone()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));
        string history = Body(User, Model(Call), Result, Model("""{"text":"Fine."}"""), User);

        Assert.Equal(history, await _rig.RepairAsync(Rig.GeminiPath, history));
    }

    [Fact]
    public async Task A_signature_that_the_client_sent_wins()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));
        string own = Body(User, Model(Signed(Call, S2)), Result);

        Assert.Equal(own, await _rig.RepairAsync(Rig.GeminiPath, own));
    }

    [Theory]
    [InlineData("skip_thought_signature_validator")]
    [InlineData("context_engineering_is_the_way_to_go")]
    [InlineData("c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I=")]
    [InlineData("")]
    public async Task A_placeholder_gives_way_to_the_real_signature(string placeholder)
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));

        string sent = await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(Signed(Call, placeholder)), Result));

        Assert.Equal(Body(User, Model(Signed(Call, S1)), Result), sent);
    }

    [Fact]
    public async Task A_placeholder_stays_when_nothing_better_is_known()
    {
        string body = Body(User, Model(Signed(Call, "skip_thought_signature_validator")), Result);

        Assert.Equal(body, await _rig.RepairAsync(Rig.GeminiPath, body));
    }

    [Fact]
    public async Task A_null_signature_is_replaced()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));

        string sent = await _rig.RepairAsync(
            Rig.GeminiPath, Body(User, Model("""{"thoughtSignature":null,""" + Call[1..]), Result));

        Assert.Equal(Body(User, Model($$"""{"thoughtSignature":"{{S1}}",""" + Call[1..]), Result), sent);
    }

    [Fact]
    public async Task A_request_in_snake_case_is_repaired_in_snake_case()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));
        string call = Call.Replace("functionCall", "function_call", StringComparison.Ordinal);
        string result = Result.Replace("functionResponse", "function_response", StringComparison.Ordinal);

        string sent = await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(call), result));

        Assert.Contains($",\"thought_signature\":\"{S1}\"}}", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("thoughtSignature", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_were_parsed_and_written_again_still_match()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));

        string sent = await _rig.RepairAsync(Rig.GeminiPath, Body(
            User, Model("""{ "functionCall" : {"args": {"days": 3.0, "city":"\u004fslo"}, "name":"weather"} }"""), Result));

        Assert.Contains(S1, sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_is_enough_when_the_arguments_were_changed()
    {
        string call = """{"functionCall":{"id":"call_8f3k2m1q","name":"weather","args":{"days":3}}}""";
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(call, S1))));

        string sent = await _rig.RepairAsync(Rig.GeminiPath, Body(
            User, Model("""{"functionCall":{"id":"call_8f3k2m1q","name":"weather","args":{"days":"3"}}}"""), Result));

        Assert.Contains(S1, sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_id_is_no_obstacle()
    {
        string call = """{"functionCall":{"id":"a1","name":"weather","args":{"city":"Oslo","days":3}}}""";
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(call, S1))));

        Assert.Equal(
            Body(User, Model(Signed(Call, S1)), Result), await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(Call), Result)));
    }

    [Fact]
    public async Task A_signature_in_a_later_event_belongs_to_the_call()
    {
        await _rig.LearnAsync(Rig.GeminiStreamPath, Body(User), Events(
            Piece(Call), Piece(Signed("""{"text":""}""", S1), isLast: true)));

        Assert.Equal(
            Body(User, Model(Signed(Call, S1)), Result), await _rig.RepairAsync(Rig.GeminiStreamPath, Body(User, Model(Call), Result)));
    }

    [Fact]
    public async Task A_signature_on_the_thought_before_belongs_to_the_call()
    {
        await _rig.LearnAsync(Rig.GeminiStreamPath, Body(User), Events(
            Piece(Signed("""{"text":"Hm.","thought":true}""", S1)), Piece(Call, isLast: true)));

        Assert.Equal(
            Body(User, Model(Signed(Call, S1)), Result), await _rig.RepairAsync(Rig.GeminiStreamPath, Body(User, Model(Call), Result)));
    }

    [Fact]
    public async Task A_json_array_is_captured()
    {
        await _rig.LearnAsync("/v1/models/gemini-3-pro:streamGenerateContent", Body(User), StubUpstream.Json(
            $"[{Piece("""{"text":"I will look."}""")}\r\n,{Piece(Signed(Call, S1), isLast: true)}]"));

        Assert.Equal(
            Body(User, Model("""{"text":"I will look."}""", Signed(Call, S1)), Result),
            await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model("""{"text":"I will look."}""", Call), Result)));
    }

    [Theory]
    [InlineData("/v1/models/gemini-3-pro:generateContent")]
    [InlineData("/v1alpha/models/gemini-3-pro:generateContent")]
    [InlineData("/v1beta/models/gemini-3-pro%3AgenerateContent")]
    [InlineData("/v1/projects/p/locations/us-central1/publishers/google/models/gemini-3-pro:generateContent")]
    public async Task Every_path_of_the_protocol_is_served(string path)
    {
        await _rig.LearnAsync(path, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));

        Assert.Contains(S1, await _rig.RepairAsync(path, Body(User, Model(Call), Result)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1beta/models/gemini-3-pro:countTokens")]
    [InlineData("/v1beta/models/gemini-3-pro")]
    [InlineData("/v1beta/models/:generateContent")]
    public async Task Other_paths_are_not_touched(string path)
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));
        string body = Body(User, Model(Call), Result);

        Assert.Equal(body, await _rig.RepairAsync(path, body));
    }

    [Fact]
    public async Task Another_model_does_not_get_the_signature()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(Call, S1))));
        string body = Body(User, Model(Call), Result);

        Assert.Equal(body, await _rig.RepairAsync("/v1beta/models/gemini-3-flash:generateContent", body));
    }

    [Fact]
    public async Task A_text_gets_its_signature_back_in_any_turn()
    {
        string text = """{"text":"It is \"cold\"."}""";
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(text, S1))));

        Assert.Equal(
            Body(User, Model(Signed(text, S1)), User), await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(text), User)));
    }

    [Fact]
    public async Task A_text_that_was_changed_gets_nothing()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed("""{"text":"It is cold."}""", S1))));
        string body = Body(User, Model("""{"text":"It is cold"}"""), User);

        Assert.Equal(body, await _rig.RepairAsync(Rig.GeminiPath, body));
    }

    [Fact]
    public async Task A_streamed_text_gets_back_the_empty_part_that_was_signed()
    {
        await _rig.LearnAsync(Rig.GeminiStreamPath, Body(User), Events(
            Piece("""{"text":"It is "}"""), Piece("""{"text":"cold."}"""), Piece(Signed("""{"text":""}""", S1), isLast: true)));

        Assert.Equal(
            Body(User, Model("""{"text":"It is cold."}""", Signed("""{"text":""}""", S1)), User),
            await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model("""{"text":"It is cold."}"""), User)));
    }

    [Fact]
    public async Task A_signed_text_piece_is_never_merged_with_an_unsigned_one()
    {
        await _rig.LearnAsync(Rig.GeminiStreamPath, Body(User), Events(
            Piece("""{"text":"It is "}"""), Piece(Signed("""{"text":"cold."}""", S1), isLast: true)));
        string merged = Body(User, Model("""{"text":"It is cold."}"""), User);
        string apart = Body(User, Model("""{"text":"It is "}""", """{"text":"cold."}"""), User);

        Assert.Equal(merged, await _rig.RepairAsync(Rig.GeminiPath, merged));
        Assert.Equal(
            Body(User, Model("""{"text":"It is "}""", Signed("""{"text":"cold."}""", S1)), User),
            await _rig.RepairAsync(Rig.GeminiPath, apart));
    }

    [Fact]
    public async Task An_image_gets_its_signature_back()
    {
        string image = """{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}""";
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed(image, S1))));

        Assert.Equal(
            Body(User, Model(Signed(image, S1)), User), await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(image), User)));
    }

    [Fact]
    public async Task Each_candidate_is_captured_by_itself()
    {
        string other = """{"functionCall":{"name":"other","args":{}}}""";
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(
            $$"""
            {"candidates":[{"index":0,"content":{{Model(Signed(Call, S1))}},"finishReason":"STOP"},
            {"content":{{Model(Signed(other, S2))}},"finishReason":"STOP","index":1}]}
            """));

        Assert.Contains(S2, await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(other), Result)), StringComparison.Ordinal);
        Assert.Contains(S1, await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(Call), Result)), StringComparison.Ordinal);
    }

    public static TheoryData<string[]> SignedAnswers => new()
    {
        new[] { Signed("""{"text":"abc"}""", S1), """{"text":"def"}""" },
        new[] { Signed("""{"text":""}""", S1), """{"text":"Hello"}""" },
        new[] { Signed("""{"text":"hm","thought":true}""", S1), """{"text":"Hello"}""" },
        new[] { """{"text":"abc"}""", Signed("""{"text":""}""", S1) },
        new[] { """{"text":"abc"}""", Signed("""{"text":"def"}""", S1) },
    };

    [Theory]
    [MemberData(nameof(SignedAnswers))]
    public async Task An_answer_that_comes_back_whole_is_not_signed_twice(string[] parts)
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(parts)));
        string body = Body(User, Model(parts), User);

        Assert.Equal(body, await _rig.RepairAsync(Rig.GeminiPath, body));
    }

    [Fact]
    public async Task The_signature_of_a_first_text_part_never_lands_on_the_last()
    {
        await _rig.LearnAsync(
            Rig.GeminiPath, Body(User), StubUpstream.Json(Answer(Signed("""{"text":"abc"}""", S1), """{"text":"def"}""")));
        string body = Body(User, Model("""{"text":"abc"}""", """{"text":"def"}"""), User);

        Assert.Equal(body, await _rig.RepairAsync(Rig.GeminiPath, body));
    }
}
