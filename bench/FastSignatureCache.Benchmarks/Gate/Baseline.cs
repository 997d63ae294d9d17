using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastSignatureCache.Bench.Gate;

/// <summary>The committed figures that a run is compared with.</summary>
internal sealed record Baseline(SortedDictionary<string, BaselineEntry> Figures)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Baseline Empty => new(new SortedDictionary<string, BaselineEntry>(StringComparer.Ordinal));

    public BaselineEntry? Find(GateCheck check) => Figures.GetValueOrDefault(check.Id);

    /// <summary>Judges a figure.</summary>
    public Verdict Judge(GateFigure figure)
    {
        var entry = Find(figure.Check);
        return figure.Doubt is not null ? Verdict.NotJudged
            : entry is not null && figure.Check.IsRegression(figure.Value, entry.Value) ? Verdict.Regressed
            : figure.Check.IsMetBy(figure.Value) ? Verdict.Met
            : entry?.KnownMiss is not null ? Verdict.KnownMiss
            : Verdict.Missed;
    }

    /// <summary>
    /// The baseline with these figures in the place of its own. A reason for a missed limit stays while the limit is missed; none is
    /// invented. What could not be judged stays as it was.
    /// </summary>
    public Baseline With(IEnumerable<GateFigure> figures)
    {
        var updated = new SortedDictionary<string, BaselineEntry>(Figures, StringComparer.Ordinal);
        foreach (var (check, value, _) in figures.Where(static figure => figure.Doubt is null))
        {
            updated[check.Id] = new BaselineEntry(Math.Round(value, 3), check.IsMetBy(value) ? null : Find(check)?.KnownMiss);
        }

        return new Baseline(updated);
    }

    public static Baseline Parse(string json) =>
        JsonSerializer.Deserialize<Baseline>(json, Json) ?? throw new JsonException("The baseline is null.");

    public override string ToString() => JsonSerializer.Serialize(this, Json) + "\n";
}
