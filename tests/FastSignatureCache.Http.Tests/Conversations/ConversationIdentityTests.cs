using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Conversations;

public sealed class ConversationIdentityTests : IDisposable
{
    private static readonly string S1 = Signatures.Make(1);
    private static readonly string S2 = Signatures.Make(2);

    private const string Call = """{"functionCall":{"id":"call_8f3k2m1q","name":"f","args":{}}}""";
    private const string CallWithoutId = """{"functionCall":{"name":"f","args":{}}}""";
    private const string Result = """{"role":"user","parts":[{"functionResponse":{"name":"f","response":{"n":1}}}]}""";

    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    private static string User(string text) => $$"""{"role":"user","parts":[{"text":"{{text}}"}]}""";

    private static string Model(string part) => $$"""{"role":"model","parts":[{{part}}]}""";

    private static string Body(params string[] contents) => $$"""{"contents":[{{string.Join(",", contents)}}]}""";

    private static HttpResponseMessage Answer(string signature, string call = Call) => StubUpstream.Json(
        $$"""{"candidates":[{"content":{{Model($$"""{{call[..^1]}},"thoughtSignature":"{{signature}}"}""")}},"finishReason":"STOP"}]}""");

    private async Task<string> SendAsync(string body, HttpResponseMessage answer, params (string Name, string Value)[] headers)
    {
        _rig.Upstream.Answer = () => answer;
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream" + Rig.GeminiPath)
        {
            Content = new StringContent(body),
        };
        foreach ((string name, string value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using HttpResponseMessage response = await _rig.SendAsync(request);
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return _rig.Upstream.Body;
    }

    private Task<string> RepairAsync(string body, params (string Name, string Value)[] headers) =>
        SendAsync(body, StubUpstream.Json("{}"), headers);

    [Fact]
    public async Task Two_callers_with_the_same_header_and_the_same_ids_never_share()
    {
        await SendAsync(Body(User("hi")), Answer(S1), ("X-Conversation-Id", "1"), ("x-goog-api-key", "alice"));
        await SendAsync(Body(User("hi")), Answer(S2), ("X-Conversation-Id", "1"), ("x-goog-api-key", "bob"));
        string body = Body(User("hi"), Model(Call), Result);

        Assert.Contains(S1, await RepairAsync(body, ("X-Conversation-Id", "1"), ("x-goog-api-key", "alice")), StringComparison.Ordinal);
        Assert.Contains(S2, await RepairAsync(body, ("X-Conversation-Id", "1"), ("x-goog-api-key", "bob")), StringComparison.Ordinal);
        Assert.Equal(body, await RepairAsync(body, ("X-Conversation-Id", "1"), ("x-goog-api-key", "carol")));
        Assert.Equal(body, await RepairAsync(body, ("X-Conversation-Id", "1")));
    }

    [Theory]
    [InlineData("Authorization", "Bearer secret")]
    [InlineData("x-goog-api-key", "secret")]
    [InlineData("x-api-key", "secret")]
    [InlineData("api-key", "secret")]
    public async Task One_key_is_one_caller_wherever_it_stands(string header, string value)
    {
        await SendAsync(Body(User("hi")), Answer(S1), (header, value));

        Assert.Contains(
            S1, await RepairAsync(Body(User("hi"), Model(Call), Result), ("x-goog-api-key", "secret")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_the_query_is_a_caller_too()
    {
        async Task<string> Send(string key, HttpResponseMessage answer, string body)
        {
            _rig.Upstream.Answer = () => answer;
            using var request = new HttpRequestMessage(HttpMethod.Post, $"http://upstream{Rig.GeminiPath}?alt=json&key={key}");
            request.Content = new StringContent(body);
            using HttpResponseMessage response = await _rig.SendAsync(request);
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return _rig.Upstream.Body;
        }

        await Send("alice", Answer(S1), Body(User("hi")));
        string body = Body(User("hi"), Model(Call), Result);

        Assert.Contains(S1, await Send("alice", StubUpstream.Json("{}"), body), StringComparison.Ordinal);
        Assert.Equal(body, await Send("bob", StubUpstream.Json("{}"), body));
    }

    [Theory]
    [InlineData("X-Conversation-Id")]
    [InlineData("X-Claude-Code-Session-Id")]
    [InlineData("X-Session-Id")]
    [InlineData("Session-Id")]
    [InlineData("Session_id")]
    [InlineData("X-Session-Affinity")]
    public async Task A_header_names_the_conversation_whatever_its_opening(string header)
    {
        await SendAsync(Body(User("hi")), Answer(S1), (header, "7"));
        string compacted = Body(User("summary of what was said"), Model(Call), Result);

        Assert.Contains(S1, await RepairAsync(compacted, (header, "7")), StringComparison.Ordinal);
        Assert.Equal(compacted, await RepairAsync(compacted, (header, "8")));
        Assert.Equal(compacted, await RepairAsync(compacted));
    }

    [Theory]
    [InlineData("\"session_id\":\"7\"")]
    [InlineData("\"sessionId\":\"7\"")]
    [InlineData("\"conversation_id\":\"7\"")]
    [InlineData("\"prompt_cache_key\":\"7\"")]
    [InlineData("\"metadata\":{\"x\":[1],\"user_id\":\"7\"}")]
    public async Task A_field_of_the_body_names_the_conversation(string member)
    {
        string With(string body) => $"{{{member},{body[1..]}";
        await SendAsync(With(Body(User("hi"))), Answer(S1));
        string compacted = Body(User("summary"), Model(Call), Result);

        Assert.Contains(S1, await RepairAsync(With(compacted)), StringComparison.Ordinal);
        Assert.Equal(compacted, await RepairAsync(compacted));
    }

    [Fact]
    public async Task The_most_trusted_id_wins()
    {
        string With(string first, string body) => $$"""{"prompt_cache_key":"{{first}}","metadata":"none","session_id":"7",{{body[1..]}}""";
        await SendAsync(With("a", Body(User("hi"))), Answer(S1));

        Assert.Contains(
            S1, await RepairAsync(With("b", Body(User("other"), Model(Call), Result))), StringComparison.Ordinal);
        Assert.Contains(
            S1, await RepairAsync(With("b", Body(User("other"), Model(Call), Result)), ("X-Conversation-Id", " ")), StringComparison.Ordinal);
        Assert.DoesNotContain(
            S1, await RepairAsync(With("a", Body(User("hi"), Model(Call), Result)), ("X-Conversation-Id", "8")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_of_any_length_and_content_is_taken()
    {
        string id = "\\u0000\\n" + new string('x', 5000);
        string With(string body) => $$"""{"session_id":"{{id}}",{{body[1..]}}""";
        await SendAsync(With(Body(User("hi"))), Answer(S1));

        Assert.Contains(S1, await RepairAsync(With(Body(User("other"), Model(Call), Result))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_instructions_are_another_conversation()
    {
        string With(string instructions, string body) =>
            $$"""{"systemInstruction":{"parts":[{"text":"{{instructions}}"}]},{{body[1..]}}""";
        await SendAsync(With("Be brief.", Body(User("hi"))), Answer(S1));
        string body = Body(User("hi"), Model(Call), Result);

        Assert.Contains(S1, await RepairAsync(With("Be brief.", body)), StringComparison.Ordinal);
        Assert.Equal(With("Be long.", body), await RepairAsync(With("Be long.", body)));
    }

    [Fact]
    public async Task A_request_that_says_nothing_belongs_to_no_conversation()
    {
        await SendAsync("""{"contents":[]}""", Answer(S1));

        Assert.Equal(0, _rig.Cache.Count);
    }

    [Fact]
    public async Task Conversations_that_look_alike_are_told_apart_by_what_stands_before()
    {
        string one = Body(User("hi"), Model("""{"text":"Hello."}"""), User("go"));
        string two = Body(User("hi"), Model("""{"text":"Hi there."}"""), User("go"));
        await SendAsync(one, Answer(S1, CallWithoutId));
        await SendAsync(two, Answer(S2, CallWithoutId));

        string repairedOne = await RepairAsync(Body(User("hi"), Model("""{"text":"Hello."}"""), User("go"), Model(CallWithoutId), Result));
        string repairedTwo = await RepairAsync(Body(User("hi"), Model("""{"text":"Hi there."}"""), User("go"), Model(CallWithoutId), Result));

        Assert.Contains(S1, repairedOne, StringComparison.Ordinal);
        Assert.Contains(S2, repairedTwo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_that_are_alike_to_the_last_word_get_nothing()
    {
        await SendAsync(Body(User("hi")), Answer(S1, CallWithoutId));
        await SendAsync(Body(User("hi")), Answer(S2, CallWithoutId));
        string body = Body(User("hi"), Model(CallWithoutId), Result);

        Assert.Equal(body, await RepairAsync(body));
    }

    [Fact]
    public async Task Ids_tell_conversations_apart_that_are_alike_to_the_last_word()
    {
        string other = Call.Replace("8f3k", "9x7w", StringComparison.Ordinal);
        await SendAsync(Body(User("hi")), Answer(S1));
        await SendAsync(Body(User("hi")), Answer(S2, other));

        Assert.Contains(S1, await RepairAsync(Body(User("hi"), Model(Call), Result)), StringComparison.Ordinal);
        Assert.Contains(S2, await RepairAsync(Body(User("hi"), Model(other), Result)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_compacted_before_the_turn_still_matches()
    {
        (string, string) id = ("X-Conversation-Id", "7");
        await SendAsync(Body(User("one")), Answer(S1, CallWithoutId), id);
        string old = Body(User("one"), Model(CallWithoutId), Result, Model("""{"text":"Done."}"""), User("two"));
        await SendAsync(old, Answer(S2, CallWithoutId), id);

        string compacted = Body(User("summary of one"), Model("""{"text":"Yes."}"""), User("two"), Model(CallWithoutId), Result);
        string sent = await RepairAsync(compacted, id);

        Assert.Contains(S2, sent, StringComparison.Ordinal);
        Assert.DoesNotContain(S1, sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_call_whose_signature_was_never_seen_gets_none()
    {
        await SendAsync(Body(User("one")), Answer(S1, CallWithoutId), ("X-Conversation-Id", "7"));
        string body = Body(
            User("one"), Model(CallWithoutId), Result, Model("""{"text":"Done."}"""), User("two"), Model(CallWithoutId), Result);

        Assert.Equal(body, await RepairAsync(body, ("X-Conversation-Id", "7")));
    }

    [Fact]
    public async Task A_secret_of_ones_own_keeps_identities_across_handlers()
    {
        using var cache = new SignatureCache();
        using var one = new Rig(new SignatureRestorationOptions { Secret = "0123456789abcdef" }, cache);
        using var two = new Rig(new SignatureRestorationOptions { Secret = "0123456789abcdef" }, cache);
        using var other = new Rig(new SignatureRestorationOptions { Secret = "fedcba9876543210" }, cache);
        await one.LearnAsync(Rig.GeminiPath, Body(User("hi")), Answer(S1));
        string body = Body(User("hi"), Model(Call), Result);

        Assert.Contains(S1, await two.RepairAsync(Rig.GeminiPath, body), StringComparison.Ordinal);
        Assert.Equal(body, await other.RepairAsync(Rig.GeminiPath, body));
    }
}
