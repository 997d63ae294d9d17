using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Conversations;

/// <summary>Conversations with the same opening whose client drops call ids, and more of them than a key has room for.</summary>
public sealed class LookAlikeTests : IDisposable
{
    private const string Opening = """{"role":"user","parts":[{"text":"Hello."}]}""";
    private const string Call = """{"role":"model","parts":[{"functionCall":{"name":"read","args":{}}}]}""";
    private const string Result = """{"role":"user","parts":[{"functionResponse":{"name":"read","response":{"ok":true}}}]}""";

    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Any_number_of_them_get_their_own_signatures_if_their_histories_differ()
    {
        for (int number = 0; number < 50; number++)
        {
            await LearnAsync(Signatures.Make(number), Opening, User(number));
        }

        for (int number = 0; number < 50; number++)
        {
            string sent = await RepairAsync(Opening, User(number), Call, Result);

            Assert.Contains(Signatures.Make(number), sent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Twins_get_nothing_however_much_was_kept_since()
    {
        await LearnAsync(Signatures.Make(1), Opening);
        await LearnAsync(Signatures.Make(2), Opening);

        for (int number = 3; number < 50; number++)
        {
            await LearnAsync(Signatures.Make(number), Opening, User(number));

            Assert.Equal(Body(Opening, Call, Result), await RepairAsync(Opening, Call, Result));
        }
    }

    private Task<string> LearnAsync(string signature, params string[] contents)
    {
        string signed = Call.Replace("}}]", $$"""},"thoughtSignature":"{{signature}}"}]""", StringComparison.Ordinal);
        string answer = $$"""{"candidates":[{"content":{{signed}},"finishReason":"STOP","index":0}]}""";
        return _rig.LearnAsync(Rig.GeminiPath, Body(contents), StubUpstream.Json(answer));
    }

    private Task<string> RepairAsync(params string[] contents) => _rig.RepairAsync(Rig.GeminiPath, Body(contents));

    private static string Body(params string[] contents) => $$"""{"contents":[{{string.Join(",", contents)}}]}""";

    private static string User(int number) => $$"""{"role":"user","parts":[{"text":"Read file {{number}}."}]}""";
}
