using System.Globalization;
using System.Text.RegularExpressions;
using OpenTelemetry.Metrics;

namespace FastSignatureCache.Dashboard.Support;

/// <summary>One measurement: an instrument, what tells it apart from its others, and its value.</summary>
/// <param name="Name">The instrument's name.</param>
/// <param name="Tags">All tags but the cache's name, as <c>key=value</c>, sorted.</param>
/// <param name="Value">The value.</param>
internal sealed partial record Sample(string Name, string Tags, double Value)
{
    public static Sample Of(string name, double value, params (string Key, string Value)[] tags) =>
        new(name, Join(tags.Select(static tag => (tag.Key, tag.Value))), value);

    /// <summary>What an exporter got.</summary>
    public static IEnumerable<Sample> From(IEnumerable<Metric> metrics)
    {
        foreach (var metric in metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                List<(string, string)> tags = [];
                foreach (var (key, value) in point.Tags)
                {
                    tags.Add((key, Convert.ToString(value, CultureInfo.InvariantCulture)!));
                }

                yield return new(metric.Name, Join(tags), ValueOf(metric.MetricType, point));
            }
        }
    }

    /// <summary>A line of Prometheus' text format, or null for a comment. The name is as Prometheus has it.</summary>
    public static Sample? FromPrometheus(string line) => Line().Match(line) is { Success: true } match
        ? new(
            match.Groups["name"].Value,
            Join(Label().Matches(match.Groups["labels"].Value).Select(static label => (label.Groups[1].Value, label.Groups[2].Value))),
            double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture))
        : null;

    /// <summary>Whether a sample of Prometheus is this one: it writes dots as underscores, and the unit behind the name.</summary>
    public bool IsSameAs(Sample prometheus) =>
        prometheus.Name.StartsWith(Name.Replace('.', '_'), StringComparison.Ordinal)
        && prometheus.Tags == Dots().Replace(Tags, "_")
        && Math.Abs(prometheus.Value - Value) <= 1e-9 * Math.Abs(Value);

    private static double ValueOf(MetricType type, MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        _ => throw new NotSupportedException($"{type}"),
    };

    private static string Join(IEnumerable<(string Key, string Value)> tags) => string.Join(
        ',',
        tags.Where(static tag => !IsOfAll(tag.Key)).OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(static tag => $"{tag.Key}={tag.Value}"));

    private static bool IsOfAll(string key) =>
        key is "dotnet.cache.name" or "dotnet_cache_name" || key.StartsWith("otel_scope", StringComparison.Ordinal);

    // Of names, not of values.
    [GeneratedRegex("""\.(?=[^,]*=)""")]
    private static partial Regex Dots();

    [GeneratedRegex("""^(?<name>[a-z_0-9]+)\{(?<labels>.*)\} (?<value>\S+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Line();

    [GeneratedRegex("([a-z_0-9]+)=\"([^\"]*)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Label();
}
