using System.Globalization;
using System.Text.Json.Nodes;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Properties;

/// <summary>A conversation made from generated turns: what the client sends at each step, and what must become of it.</summary>
internal sealed class GeneratedConversation
{
    private readonly IWire _wire;
    private readonly bool _hasIds;
    private readonly List<(JsonObject Kept, JsonObject Sent, JsonObject Whole)> _entries = [];
    private readonly List<string> _dropped = [];
    private readonly List<Exchange> _exchanges = [];
    private int _signatures;

    public GeneratedConversation(IWire wire, IEnumerable<GeneratedTurn> turns, bool hasIds)
    {
        _wire = wire;
        _hasIds = hasIds;
        foreach (GeneratedTurn turn in turns)
        {
            Add(turn);
        }
    }

    /// <summary>What the client asked and got, in order.</summary>
    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    /// <summary>The signatures that the client did not send back in the last request.</summary>
    public IReadOnlyList<string> Dropped => _dropped;

    /// <summary>The history as a client sends it that drops what its steps say.</summary>
    public JsonObject Sent => _wire.Request(_entries.Select(static entry => entry.Sent));

    /// <summary>The history as a client sends it that keeps every signature.</summary>
    public JsonObject Complete => _wire.Request(_entries.Select(static entry => entry.Kept));

    /// <summary>The history that must reach the upstream for <see cref="Sent"/>.</summary>
    public JsonObject Repaired => _wire.Request(_entries.Select(static entry => entry.Whole));

    private void Add(GeneratedTurn turn)
    {
        // The calls of turns gone by are left as the client sends them.
        for (int i = 0; i < _entries.Count; i++)
        {
            (JsonObject kept, JsonObject sent, JsonObject whole) = _entries[i];
            bool hasCall = kept.ToJsonString().Contains("\"args\"", StringComparison.Ordinal) || kept.ContainsKey("tool_calls");
            _entries[i] = hasCall ? (kept, sent, sent) : (kept, sent, whole);
        }

        Same(_wire.User("say " + (turn.Text % 2)));
        foreach (GeneratedStep step in turn.Steps)
        {
            var calls = new List<(string, string?, JsonObject)>();
            for (int i = 0; i <= step.Calls % 3; i++)
            {
                calls.Add((
                    "tool" + (step.Name % 2),
                    _hasIds ? string.Create(CultureInfo.InvariantCulture, $"id-{_signatures}-{i}") : null,
                    new JsonObject { ["a \"ü\""] = step.Argument % 2, ["b"] = new JsonArray(1.5, "x") }));
            }

            Say(step.SpeaksFirst ? "let me" : null, calls, step.KeepsSignature);
            foreach (JsonObject result in _wire.Results(calls))
            {
                Same(result);
            }
        }

        if (turn.HasAnswer)
        {
            Say("done", [], keeps: false);
        }
    }

    private void Same(JsonObject entry) => _entries.Add((entry, entry, entry));

    private void Say(string? text, List<(string, string?, JsonObject)> calls, bool keeps)
    {
        string signature = Signatures.Make(_signatures++);
        JsonObject signed = _wire.Model(text, calls, signature);
        JsonObject unsigned = _wire.Model(text, calls, null);
        _exchanges.Add(new Exchange(Sent, _wire.Answer(signed)));
        _entries.Add((signed, keeps ? signed : unsigned, signed));
        if (!keeps)
        {
            _dropped.Add(signature);
        }
    }
}
