using System.Globalization;
using FastSignatureCache.Bench.Replay;

namespace FastSignatureCache.Bench.HitRate;

/// <summary>Traffic to compare times to live on.</summary>
/// <param name="Trace">One trace of it.</param>
/// <param name="Samples">Several that could as well have been.</param>
/// <param name="Meaning">What the samples are.</param>
internal sealed record TimeToLiveSubject(Trace Trace, IReadOnlyList<Trace> Samples, string Meaning)
{
    private const int Draws = 16;

    /// <summary>A recorded trace, and as it may have been between the steps of its clock.</summary>
    public static TimeToLiveSubject Of(Trace recorded) => new(
        recorded,
        [.. Enumerable.Range(1, Draws).Select(recorded.Spread)],
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Draws} times with each turn at a random moment of the step that it was recorded in; half of the steps are longer than {recorded.MedianStep:F1} s"));

    /// <summary>Generated traffic of several seeds.</summary>
    public static TimeToLiveSubject Of(TrafficShape shape, IReadOnlyList<int> seeds)
    {
        Trace[] traces = [.. seeds.Select(seed => TrafficGenerator.Generate(shape, seed))];
        return new(traces[0], traces, $"all {seeds.Count} seeds");
    }
}
