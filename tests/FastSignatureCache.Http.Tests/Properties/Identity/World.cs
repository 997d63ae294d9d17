using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>Clients that drop signatures, their conversations, and one gateway between them and a model that never issues a signature twice.</summary>
internal sealed class World : IDisposable
{
    private static readonly string[] UserTexts = ["hi", "go", "read it"];
    private static readonly string?[] ModelTexts = [null, null, "ok", "let me"];
    private static readonly string[] Names = ["Read", "Read", "Run"];
    private static readonly string[] Arguments = ["{}", "{}", "{\"file\":\"a\"}"];
    private static readonly string?[] Instructions = [null, null, "be brief"];

    private readonly GeneratedWorld _generated;
    private readonly IdentityWire _wire;
    private readonly SignatureCache _cache;
    private readonly HttpMessageInvoker _client;
    private readonly WorldUpstream _upstream = new();
    private readonly List<Branch> _branches = [];
    private readonly Judge _judge;
    private int _number;

    public World(GeneratedWorld generated)
    {
        _generated = generated;
        _wire = IdentityWire.All[generated.Wire % IdentityWire.All.Length];
        _cache = new SignatureCache(new SignatureCacheOptions { Capacity = (generated.Cache % 4) switch { 0 => 6, 1 => 20, _ => 1_000 } });
        _client = new HttpMessageInvoker(new SignatureRestoringHandler(_cache) { InnerHandler = _upstream });
        _judge = new Judge(_wire, _cache);
    }

    public Judge Judge => _judge;

    /// <summary>What was done and sent, for whoever has to understand a failure.</summary>
    public List<string> Log { get; } = [];

    public void Dispose()
    {
        _client.Dispose();
        _cache.Dispose();
    }

    public void Play()
    {
        Begin(0);
        Begin(0);
        foreach (GeneratedOperation operation in _generated.Operations)
        {
            Do(operation.Kind % 32, _branches[operation.Who % _branches.Count], operation.Choice);
            if (_judge.Fault is not null)
            {
                return;
            }
        }

        for (int i = 0; i < _branches.Count && _judge.Fault is null; i++)
        {
            Send(_branches[i]);
        }
    }

    private static T Pick<T>(T[] values, int choice) => values[choice % values.Length];

    private void Do(int kind, Branch branch, byte choice)
    {
        Log.Add(string.Create(CultureInfo.InvariantCulture, $"{kind} {_branches.IndexOf(branch)} {choice}"));
        switch (kind)
        {
            case < 12:
                Ask(branch, choice);
                break;
            case < 16:
                Say(branch, Pick(UserTexts, choice));
                break;
            case 16 or 17:
                Branches(branch.Fork());
                break;
            case 18:
                Regenerate(branch, choice);
                break;
            case 19 or 20:
                Duplicate(branch, choice);
                break;
            case 21:
                Replay(branch);
                break;
            case 22 or 23:
                Merge(branch, _branches[choice % _branches.Count], choice / 16);
                break;
            case 24 or 25:
                Compact(branch, choice);
                break;
            case 26:
                EditOpening(branch, choice);
                break;
            case 27:
                EditModelText(branch, choice);
                break;
            case 28:
                EditResult(branch, choice);
                break;
            case 29:
                Remove(choice);
                break;
            case 30:
                Ask(branch, choice, isKept: false);
                break;
            default:
                Begin(choice);
                break;
        }
    }

    private void Branches(Branch added)
    {
        if (_branches.Count < 8)
        {
            _branches.Add(added);
        }
    }

    private void Begin(int choice)
    {
        string? session = (_generated.Sessions % 3) switch
        {
            0 => null,
            1 => "s",
            _ => string.Create(CultureInfo.InvariantCulture, $"s{_branches.Count}"),
        };
        var branch = new Branch(_branches.Count % (1 + (_generated.Callers % 2)) == 0 ? "alice" : "bob", session, Pick(Instructions, choice / 8));
        branch.History.Add(new UserMessage(Pick(UserTexts, choice)));
        Branches(branch);
    }

    /// <summary>The user speaks, if the model has ended its turn or even if it hasn't.</summary>
    private static void Say(Branch branch, string text)
    {
        if (branch.History[^1] is not UserMessage)
        {
            branch.History.Add(new UserMessage(text));
        }
    }

    private void Ask(Branch branch, byte choice, bool isKept = true)
    {
        if (branch.History[^1] is ModelStep)
        {
            Say(branch, Pick(UserTexts, choice / 3));
        }

        Take(branch, Send(branch, choice, isKept));
    }

    private static void Take(Branch branch, ModelStep step)
    {
        branch.History.Add(step);
        if (!step.Calls.IsEmpty)
        {
            branch.History.Add(new ToolResults(step.Calls, [.. step.Calls.Select(static _ => "done")]));
        }
    }

    /// <summary>The client goes back to before the newest step that the model took, and takes another.</summary>
    private void Regenerate(Branch branch, byte choice)
    {
        int newest = branch.History.FindLastIndex(static entry => entry is ModelStep);
        if (newest > 0)
        {
            Branch fork = branch.Fork();
            fork.History.RemoveRange(newest, fork.History.Count - newest);
            Ask(fork, choice);
            Branches(fork);
        }
    }

    /// <summary>One request is sent twice and answered twice, with the same words. The client throws one answer away, or goes on with both.</summary>
    private void Duplicate(Branch branch, byte choice)
    {
        if (branch.History[^1] is ModelStep)
        {
            return;
        }

        ModelStep first = Send(branch, choice);
        ModelStep second = Send(branch, choice);
        Branch twin = branch.Fork();
        Take(branch, choice % 2 == 0 ? first : second);
        if (choice / 2 % 2 == 0)
        {
            Take(twin, choice % 2 == 0 ? second : first);
            Branches(twin);
        }
    }

    /// <summary>The whole conversation once more: the same words from both sides, other signatures.</summary>
    private void Replay(Branch branch)
    {
        Branch again = branch with { History = [] };
        foreach (Entry entry in branch.History)
        {
            again.History.Add(entry is ModelStep step ? Send(again, step.Text, step.Calls, isKept: true, isSigned: true) : entry);
        }

        Branches(again);
    }

    private static void Merge(Branch branch, Branch other, int choice)
    {
        if (branch == other)
        {
            return;
        }

        List<Entry> history = other.History;
        int start = choice % 2 == 0 ? 0 : history.FindLastIndex(static entry => entry is UserMessage);
        switch (choice / 2 % 3)
        {
            case 0:
                branch.History.AddRange(history[start..]);
                break;
            case 1 when branch.History[^1] is not ModelStep:
                // The steps of a sub-agent, without what it was asked.
                branch.History.AddRange(history[(start + 1)..]);
                break;
            default:
                branch.History.InsertRange(0, history[..start]);
                break;
        }

        if (branch.History.Count > 24)
        {
            Compact(branch, 1);
        }
    }

    private static void Compact(Branch branch, byte choice)
    {
        List<Entry> history = branch.History;
        int[] users = [.. Enumerable.Range(0, history.Count).Where(i => history[i] is UserMessage)];
        if (choice % 4 == 0)
        {
            // What is kept begins in the middle of the turn, as where the summary says what it was about.
            int step = history.FindLastIndex(static entry => entry is ModelStep);
            history.RemoveRange(0, Math.Max(0, step));
            history.Insert(0, new UserMessage("summary"));
        }
        else
        {
            history.RemoveRange(0, users[choice / 4 % users.Length]);
            if (choice % 4 == 1)
            {
                history.Insert(0, new UserMessage("summary"));
            }
            else if (choice % 4 == 2)
            {
                history[0] = new UserMessage("summary");
            }
        }
    }

    private static void EditOpening(Branch branch, byte choice)
    {
        int first = branch.History.FindIndex(static entry => entry is UserMessage);
        branch.History[first] = new UserMessage(Pick(UserTexts, choice));
    }

    private static void EditModelText(Branch branch, byte choice)
    {
        List<Entry> history = branch.History;
        for (int i = choice % history.Count; i < history.Count; i++)
        {
            if (history[i] is ModelStep { Text: not null } step)
            {
                if (choice % 2 == 0 && step.Calls.IsEmpty)
                {
                    history.RemoveAt(i);
                }
                else
                {
                    history[i] = step with { Text = choice % 2 == 0 ? null : Pick(ModelTexts, choice / 2) ?? "edited" };
                }

                return;
            }
        }
    }

    private static void EditResult(Branch branch, byte choice)
    {
        int newest = branch.History.FindLastIndex(static entry => entry is ToolResults);
        if (newest >= 0)
        {
            var results = (ToolResults)branch.History[newest];
            string text = choice % 2 == 0 ? "done" : "cleared";
            branch.History[newest] = results with { Texts = [.. results.Texts.Select(_ => text)] };
        }
    }

    private void Remove(byte choice)
    {
        IReadOnlyList<CachedSignature> entries = _cache.List(new SignatureEntryQuery()).Entries;
        if (choice % 8 == 0)
        {
            _cache.Clear();
        }
        else if (entries.Count > 0)
        {
            _cache.Remove(entries[choice % entries.Count].Key);
        }
    }

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
        string? signature = isSigned ? Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"signature {number:00000}"))) : null;
        calls = [.. calls.Select((call, i) => call with { Id = IdOf(call, number, i, isSent: false) })];
        var step = new ModelStep(text, calls, new Issued(signature, "", calls.IsEmpty ? null : calls[0].Id), IsKept: number % 8 == 7);
        step = step with { Truth = step.Truth with { Words = branch.WordsBefore(branch.History.Count) + step.SignedWords } };
        _upstream.Answer = _wire.Answer(step);
        _upstream.MediaType = isKept ? "application/json" : "text/plain";
        _judge.Add(step.Truth);
        Send(branch);
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

        using HttpResponseMessage response = _client.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult();
        response.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        Log.Add(body);
        Log.Add(_upstream.Body);
        _judge.Check(branch, _upstream.Body);
    }
}
