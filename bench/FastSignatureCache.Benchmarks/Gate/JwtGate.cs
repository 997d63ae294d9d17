using FastSignatureCache.Bench.Jwt;
using FastSignatureCache.Bench.Measuring;

namespace FastSignatureCache.Bench.Gate;

/// <summary>Validation of a token of 1 KB.</summary>
internal static class JwtGate
{
    private const int Length = 1_024;
    private const int Rounds = 200;

    private static readonly GateCheck ToScan = new("JWT/scan", "validating a JWT of 1 KB, times one vectorised scan", Bound.AtMost, 3);
    private static readonly GateCheck ToHandler = new("CanReadToken/JWT", "CanReadToken, times our validation", Bound.AtLeast, 8);
    private static readonly GateCheck Bytes =
        new("JWT bytes", "bytes that validating allocates, worst of all inputs", Bound.AtMost, 0) { AbsoluteTolerance = 0 };

    public static IEnumerable<GateFigure> Measure()
    {
        var token = Tokens.WellFormed(Length);
        Probe[] probes = [new JwtProbe.ScanOnce(token), new JwtProbe.IsValid(token), new JwtProbe.CanReadToken(token)];
        var (runs, doubt) = QuietRuns.Of(_ => Measuring.Rounds.Fastest(probes, Rounds), static cost => cost[0]);
        var typical = runs[0];
        Console.Error.WriteLine($"  scan {typical[0]:F1} ns, validation {typical[1]:F1} ns, CanReadToken {typical[2]:F1} ns");
        yield return new GateFigure(ToScan, Median.Of(runs.Select(static cost => cost[1] / cost[0])), doubt);
        yield return new GateFigure(ToHandler, Median.Of(runs.Select(static cost => cost[2] / cost[1])), doubt);

        var allocations = Tokens.Malformed(Length).Append(token).Select(static input =>
        {
            using var probe = new JwtProbe.IsValid(input);
            probe.WarmUp();
            return probe.MeasureAllocations();
        });
        yield return new GateFigure(Bytes, allocations.Max());
    }
}
