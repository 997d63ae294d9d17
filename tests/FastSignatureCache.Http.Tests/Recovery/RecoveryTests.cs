using System.Net;
using System.Text;
using System.Text.Json;
using FastSignatureCache.Http.Tests.Support;
using FsCheck.Xunit;

namespace FastSignatureCache.Http.Tests.Recovery;

public sealed class RecoveryTests : IDisposable
{
    private const string Placeholder = "skip_thought_signature_validator";
    private const string User = """{"role":"user","parts":[{"text":"What is the weather?"}]}""";
    private const string Call = """{"functionCall":{"name":"weather","args":{"city":"Oslo"}}}""";
    private const string Result = """{"role":"user","parts":[{"functionResponse":{"name":"weather","response":{"t":5}}}]}""";
    private const string Corrupted = "Corrupted thought signature.";

    private static readonly string S1 = Signatures.Make(1);
    private static readonly string S2 = Signatures.Make(2);

    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    private static string Body(params string[] contents) => $$"""{"contents":[{{string.Join(",", contents)}}]}""";

    private static string Model(params string[] parts) => $$"""{"role":"model","parts":[{{string.Join(",", parts)}}]}""";

    private static string Signed(string part, string signature) => $$"""{{part[..^1]}},"thoughtSignature":"{{signature}}"}""";

    private static HttpResponseMessage Answer(params string[] parts) => StubUpstream.Json(
        $$"""{"candidates":[{"content":{{Model(parts)}},"finishReason":"STOP","index":0}]}""");

    private static string Missing(int position) =>
        "Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing "
        + $"thought_signature may lead to degraded model performance. Additional data, function call `default_api:weather` , position {position}.";

    private static HttpResponseMessage Error(string message, HttpStatusCode status = HttpStatusCode.BadRequest) => new(status)
    {
        Content = new StringContent(
            JsonSerializer.Serialize(new { error = new { code = 400, message, status = "INVALID_ARGUMENT" } }), Encoding.UTF8, "application/json"),
    };

    /// <summary>Sends a request to an upstream that refuses the first time; what it said in the end, and all bodies that reached it.</summary>
    private async Task<(HttpResponseMessage Response, string[] Sent)> RefuseOnceAsync(
        string body, HttpResponseMessage refusal, string path = Rig.GeminiPath, Rig? rig = null)
    {
        rig ??= _rig;
        int before = rig.Upstream.Bodies.Count;
        rig.Upstream.Answer = () => rig.Upstream.Bodies.Count == before + 1 ? refusal : Answer("""{"text":"fine"}""");
        HttpResponseMessage response = await rig.SendAsync(path, body);
        return (response, [.. rig.Upstream.Bodies.Skip(before).Select(Encoding.UTF8.GetString)]);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_missing_signature_that_nobody_has_gives_way_to_the_placeholder(HttpStatusCode status)
    {
        (HttpResponseMessage response, string[] sent) = await RefuseOnceAsync(Body(User, Model(Call, Call), Result), Error(Missing(2), status));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("fine", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal([Body(User, Model(Call, Call), Result), Body(User, Model(Signed(Call, Placeholder), Call), Result)], sent);
    }

    [Fact]
    public async Task The_next_request_has_it_at_once()
    {
        await RefuseOnceAsync(Body(User, Model(Call), Result), Error(Missing(2)));

        string sent = await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(Call), Result, Model(Call), Result));

        Assert.Equal(Body(User, Model(Signed(Call, Placeholder)), Result, Model(Call), Result), sent);
    }

    [Fact]
    public async Task A_turn_that_is_over_needs_no_placeholder()
    {
        await RefuseOnceAsync(Body(User, Model(Call), Result), Error(Missing(2)));
        string next = Body(User, Model(Call), Result, Model("""{"text":"done"}"""), """{"role":"user","parts":[{"text":"And now?"}]}""");

        Assert.Equal(next, await _rig.RepairAsync(Rig.GeminiPath, next));
    }

    [Fact]
    public async Task What_was_put_back_and_refused_leaves_the_cache_under_all_its_names()
    {
        string call = Call.Replace("{\"name\"", "{\"id\":\"c1\",\"name\"", StringComparison.Ordinal);
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), Answer(Signed(call, S1)));

        (_, string[] sent) = await RefuseOnceAsync(Body(User, Model(call), Result), Error(Corrupted));

        Assert.Equal(
            [Body(User, Model(Signed(call, S1)), Result), Body(User, Model(Signed(call, Placeholder)), Result)], sent);
        Assert.DoesNotContain(_rig.Cache.List(new SignatureEntryQuery()).Entries, static entry => entry.Signature == S1);
        SignatureCacheMetrics metrics = _rig.Cache.GetMetrics();
        Assert.Equal(1, metrics.CorruptionsByReason[CorruptionReason.Invalid]);
        Assert.Equal("gemini-3-pro", Assert.Single(metrics.RecentCorruptions).Model);
    }

    [Fact]
    public async Task The_entry_at_the_position_that_the_error_names_leaves_and_the_others_stay()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), Answer(Signed(Call, S1)));
        await _rig.LearnAsync(Rig.GeminiPath, Body(User, Model(Call), Result), Answer(Signed(Call, S2)));

        (_, string[] sent) = await RefuseOnceAsync(
            Body(User, Model(Call), Result, Model(Call), Result),
            Error("Invalid value at 'contents[3].parts[0].thought_signature' (TYPE_BYTES), Base64 decoding failed for \"x\""));

        Assert.Equal(Body(User, Model(Signed(Call, S1)), Result, Model(Signed(Call, Placeholder)), Result), sent[1]);
        Assert.Contains(_rig.Cache.List(new SignatureEntryQuery()).Entries, static entry => entry.Signature == S1);
        Assert.DoesNotContain(_rig.Cache.List(new SignatureEntryQuery()).Entries, static entry => entry.Signature == S2);
        Assert.Equal(1, _rig.Cache.GetMetrics().CorruptionsByReason[CorruptionReason.Undecodable]);
    }

    [Fact]
    public async Task A_signature_of_the_clients_own_gives_way_to_ours_if_we_have_another()
    {
        await _rig.LearnAsync(Rig.GeminiPath, Body(User), Answer(Signed(Call, S1)));

        (_, string[] sent) = await RefuseOnceAsync(Body(User, Model(Signed(Call, S2)), Result), Error(Corrupted));

        Assert.Equal([Body(User, Model(Signed(Call, S2)), Result), Body(User, Model(Signed(Call, S1)), Result)], sent);
        Assert.Equal(0, _rig.Cache.GetMetrics().Corruptions);
    }

    [Fact]
    public async Task A_signature_of_the_clients_own_that_is_ours_too_gives_way_to_the_placeholder_and_a_texts_to_nothing()
    {
        const string Text = """{"text":"first words"}""";
        const string Second = """{"role":"user","parts":[{"text":"Go on."}]}""";
        await _rig.LearnAsync(Rig.GeminiPath, Body(User, Model(Text), Second), Answer(Signed(Call, S1)));

        (_, string[] sent) = await RefuseOnceAsync(
            Body(User, Model(Signed(Text, S2)), Second, Model(Signed(Call, S1)), Result), Error(Corrupted));

        Assert.Equal(Body(User, Model(Signed(Text, "")), Second, Model(Signed(Call, Placeholder)), Result), sent[1]);
        Assert.DoesNotContain(_rig.Cache.List(new SignatureEntryQuery()).Entries, static entry => entry.Signature == S1);

        // And the client, which goes on sending them, is not refused again.
        string next = await _rig.RepairAsync(Rig.GeminiPath, Body(User, Model(Signed(Text, S2)), Second, Model(Signed(Call, S1)), Result, Model(Call), Result));
        Assert.Equal(Body(User, Model(Signed(Text, "")), Second, Model(Signed(Call, Placeholder)), Result, Model(Call), Result), next);
    }

    [Fact]
    public async Task Every_thought_whose_signature_was_refused_is_remembered()
    {
        const string First = """{"text":"I think","thought":true}""";
        const string Second = """{"text":"I go on","thought":true}""";
        string kept = Body(User, Model(Signed(First, S1), Call), Result, Model(Signed(Second, S2), Call), Result);
        string blank = Body(User, Model(Signed(First, ""), Signed(Call, Placeholder)), Result, Model(Signed(Second, ""), Signed(Call, Placeholder)), Result);

        (_, string[] sent) = await RefuseOnceAsync(kept, Error(Corrupted));

        Assert.Equal([kept, blank], sent);
        Assert.Equal(blank, await _rig.RepairAsync(Rig.GeminiPath, kept));
    }

    [Fact]
    public async Task Without_a_placeholder_the_client_gets_the_error()
    {
        var options = new SignatureRestorationOptions();
        options.Policies.Add(new UpstreamPolicy { Provider = UpstreamProvider.GeminiApi, CheckedParts = CheckedParts.Calls });
        using var rig = new Rig(options);
        await rig.LearnAsync(Rig.GeminiPath, Body(User), Answer(Signed(Call, S1)));

        (HttpResponseMessage response, string[] sent) = await RefuseOnceAsync(Body(User, Model(Call), Result), Error(Corrupted), rig: rig);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(Corrupted, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(sent);
        Assert.Equal(0, rig.Cache.Count);
    }

    [Fact]
    public async Task Turned_off_it_does_nothing()
    {
        using var rig = new Rig(new SignatureRestorationOptions { RecoversRejections = false });

        (HttpResponseMessage response, string[] sent) = await RefuseOnceAsync(Body(User, Model(Call), Result), Error(Missing(2)), rig: rig);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single(sent);
    }

    [Fact]
    public async Task A_body_that_is_too_long_to_keep_is_sent_once()
    {
        using var rig = new Rig(new SignatureRestorationOptions { MaxRequestBodyBytes = 50 });

        (HttpResponseMessage response, string[] sent) = await RefuseOnceAsync(Body(User, Model(Call), Result), Error(Missing(2)), rig: rig);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single(sent);
    }

    [Fact]
    public async Task The_chat_completions_form_is_repaired_too()
    {
        const string Before = """{"model":"gemini-3-pro","messages":[{"role":"system","content":"s"},{"role":"user","content":"u"},{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}""";
        const string After = """}]},{"role":"tool","tool_call_id":"a","content":"r"}]}""";

        (_, string[] sent) = await RefuseOnceAsync(Before + After, Error("[" + Missing(2) + "]"), Rig.OpenAiPath);

        Assert.Equal(Before + $$$""","extra_content":{"google":{"thought_signature":"{{{Placeholder}}}"}}""" + After, sent[1]);
    }

    [Fact]
    public async Task One_signature_on_a_message_with_text_and_call_is_replaced_once()
    {
        static string Message(string data) => $$$"""
            {"model":"gemini-3-pro","messages":[{"role":"user","content":"u"},{"role":"assistant","content":"I call it.",
            "tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}],
            "reasoning_details":[{"type":"reasoning.encrypted","id":"a","data":"{{{data}}}"}]},
            {"role":"tool","tool_call_id":"a","content":"r"}]}
            """;

        (_, string[] sent) = await RefuseOnceAsync(Message(S1), Error(Corrupted), "/api/v1/chat/completions");

        Assert.Equal([Message(S1), Message(Placeholder)], sent);
    }

    [Fact]
    public async Task A_second_refusal_reaches_the_client()
    {
        _rig.Upstream.Answer = () => Error(Missing(2));

        using HttpResponseMessage response = await _rig.SendAsync(Rig.GeminiPath, Body(User, Model(Call), Result));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("missing a thought_signature", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(2, _rig.Upstream.Bodies.Count);
    }

    [Property(MaxTest = 500)]
    public void Whatever_the_errors_say_a_request_is_sent_at_most_twice_and_the_last_error_arrives_byte_for_byte(
        byte kind, string? noise, byte[] garbage, int status, bool isSigned, bool isKnown)
    {
        using var rig = new Rig();
        if (isKnown)
        {
            _ = rig.LearnAsync(Rig.GeminiPath, Body(User), Answer(Signed(Call, S1))).Result;
        }

        string[] texts =
        [
            Missing(2), Missing(kind), Corrupted, "Thought signature is not valid", noise ?? "",
            $"Invalid value at 'contents[{kind}].parts[{status & 3}].thought_signature' (TYPE_BYTES), Base64 decoding failed",
            $"messages.{kind}.content.0: Invalid `signature` in `thinking` block", new string('x', 70_000) + Corrupted,
        ];
        byte[] body = [.. Encoding.UTF8.GetBytes(texts[kind % texts.Length]), .. garbage];
        int before = rig.Upstream.Bodies.Count;
        rig.Upstream.Answer = () => new HttpResponseMessage((HttpStatusCode)(400 + ((status & int.MaxValue) % 200))) { Content = new ByteArrayContent(body) };

        for (int request = 1; request <= 3; request++)
        {
            using HttpResponseMessage response =
                rig.SendAsync(Rig.GeminiPath, Body(User, Model(isSigned ? Signed(Call, S2) : Call), Result)).Result;
            Assert.Equal(body, response.Content.ReadAsByteArrayAsync().Result);
            Assert.InRange(rig.Upstream.Bodies.Count - before, request, 2 * request);
        }
    }
}
