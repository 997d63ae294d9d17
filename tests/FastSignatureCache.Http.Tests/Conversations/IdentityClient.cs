using FastSignatureCache.Http.Tests.Properties.Identity;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Conversations;

/// <summary>A client of one protocol that drops every signature, in conversations that a test makes step by step.</summary>
internal sealed class IdentityClient(string protocol, SignatureRestorationOptions? options = null) : IDisposable
{
    private readonly Rig _rig = new(options);
    private readonly IdentityWire _wire = protocol switch
    {
        "gemini" => new GeminiIdentityWire(),
        "openai" => new OpenAiIdentityWire(),
        "anthropic" => new AnthropicIdentityWire("claude-sonnet-4", isPrefixBound: false),
        _ => new AnthropicIdentityWire("claude-next-1", isPrefixBound: true),
    };

    private int _issued;

    /// <summary>A header that every request has, such as a proxy's in front.</summary>
    public (string Name, string Value)? Header { get; set; }

    public ISignatureCache Cache => _rig.Cache;

    public static Branch Conversation(string opening, string? session = null, string? instructions = null) =>
        new("key", session, instructions) { History = [new UserMessage(opening)] };

    public void Dispose() => _rig.Dispose();

    /// <summary>Has the model read, and gives it the result.</summary>
    /// <returns>The step's signature.</returns>
    public async Task<string> ReadAsync(Branch conversation, string? id = null)
    {
        var call = new Call("Read", "{}", id);
        string signature = await TakeStepAsync(conversation, null, call);
        conversation.History.Add(new ToolResults([call], ["done"]));
        return signature;
    }

    /// <summary>Has the model say something, and the user go on.</summary>
    public async Task SayAsync(Branch conversation, string text, string next)
    {
        await TakeStepAsync(conversation, text);
        conversation.History.Add(new UserMessage(next));
    }

    /// <summary>Sends the conversation.</summary>
    /// <returns>The signature that reached the upstream with its last step, or null.</returns>
    public async Task<string?> RestoredAsync(Branch conversation)
    {
        string body = await SendAsync(conversation, "{}");
        int entry = conversation.History.FindLastIndex(static said => said is ModelStep);
        var step = (ModelStep)conversation.History[entry];
        string sent = body[(body.IndexOf(IdentityWire.Marker(entry), StringComparison.Ordinal) + IdentityWire.Marker(entry).Length)..];
        return Enumerable.Range(0, _issued).Select(static number => Signatures.Make(number))
            .SingleOrDefault(signature => sent.StartsWith(_wire.Model(step, signature), StringComparison.Ordinal));
    }

    private async Task<string> TakeStepAsync(Branch conversation, string? text, params Call[] calls)
    {
        string signature = Signatures.Make(_issued++);
        var step = new ModelStep(text, [.. calls], new Issued(signature, "", "", null), IsKept: false);
        await SendAsync(conversation, _wire.Answer(step));
        conversation.History.Add(step);
        return signature;
    }

    private async Task<string> SendAsync(Branch conversation, string answer)
    {
        _rig.Upstream.Answer = () => StubUpstream.Json(answer);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream" + _wire.Path)
        {
            Content = new StringContent(_wire.Request(conversation)),
            Headers = { { "x-api-key", conversation.Caller } },
        };
        if (conversation.Session is not null)
        {
            request.Headers.Add("X-Session-Id", conversation.Session);
        }

        if (Header is { } header)
        {
            request.Headers.Add(header.Name, header.Value);
        }

        using HttpResponseMessage response = await _rig.SendAsync(request);
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return _rig.Upstream.Body;
    }
}
