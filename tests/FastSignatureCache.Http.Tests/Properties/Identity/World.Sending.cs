using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <content>Requests and answers.</content>
internal sealed partial class World
{
    private ModelStep Send(Branch branch, byte choice, bool isKept = true)
    {
        string? text = Pick(ModelTexts, choice / 4);
        int calls = text is "ok" ? 0 : 1 + (choice / 128);
        return Send(
            branch, text, [.. Enumerable.Range(0, calls).Select(i => new Call(Pick(Names, choice + i), Pick(Arguments, choice / 16), null))], isKept,
            isSigned: choice % 16 != 15);
    }

    private ModelStep Send(Branch branch, string? text, ImmutableArray<Call> calls, bool isKept, bool isSigned)
    {
        int number = _number++;
        string? signature = isSigned ? Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"a signature that no other is equal to, number {number:00000}"))) : null;
        calls = [.. calls.Select((call, i) => call with { Id = IdOf(call, number, i, isSent: false) })];
        int entry = branch.History.Count;
        var step = new ModelStep(text, calls, new Issued(signature, "", "", calls.IsEmpty ? null : calls[0].Id), IsKept: number % 8 == 7);
        _upstream.Answer = _wire.Answer(step);
        _upstream.MediaType = isKept ? "application/json" : "text/plain";
        Send(branch);
        step = step with
        {
            Truth = step.Truth with
            {
                Words = branch.WordsBefore(entry) + step.SignedWords + _wire.ThinkingIn(_upstream.Body),
                Turn = branch.TurnBefore(entry) + step.SignedPart,
            },
        };
        _judge.Add(step.Truth);
        _upstream.Answer = null;
        return step with { Calls = [.. calls.Select((call, i) => call with { Id = IdOf(call, number, i, isSent: true) })] };
    }

    /// <summary>The id that the model gives a call, or that the client sends.</summary>
    private string? IdOf(Call call, int number, int index, bool isSent) => (_generated.Ids % 6) switch
    {
        0 or 1 => string.Create(CultureInfo.InvariantCulture, $"call_{number:0000000}{index}Q"),
        2 => $"call_{call.Name}",
        3 => string.Create(CultureInfo.InvariantCulture, $"call_{index}"),
        4 => isSent ? null : string.Create(CultureInfo.InvariantCulture, $"call_{number:0000000}{index}Q"),
        _ => null,
    };

    private void Send(Branch branch)
    {
        string body = _wire.Request(branch);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream" + _wire.Path) { Content = new StringContent(body) };
        request.Headers.Add("x-api-key", branch.Caller);
        if (branch.Session is not null)
        {
            request.Headers.Add("X-Session-Id", branch.Session);
        }

        Log.Add(body);
        _upstream.OnRequest = sent => _judge.Check(branch, sent);
        using HttpResponseMessage response = _client.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult();
        response.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        Log.Add(_upstream.Body);
    }
}
