using System.Globalization;

namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>Clients that drop signatures, their conversations, and one gateway between them and a model that never issues a signature twice.</summary>
internal sealed partial class World : IDisposable
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
}
