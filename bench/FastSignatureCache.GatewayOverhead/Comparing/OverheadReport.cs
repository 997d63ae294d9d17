using System.Globalization;
using FastSignatureCache.Bench.GatewayOverhead.Exchanges;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>The tables of all scenarios.</summary>
internal sealed class OverheadReport
{
    private readonly MarkdownTable _latencies = new(
        "microseconds", "bare p50", "gateway p50", "ratio of p50", "limit", "bare p99", "gateway p99", "ratio of p99", "limit", "held");

    private readonly MarkdownTable _rates = new("requests a second", "bare", "gateway", "ratio", "limit", "held");

    private readonly MarkdownTable _costs = new(
        "a request", "bare, bytes allocated", "gateway, bytes allocated", "more", "bare, processor µs", "gateway, processor µs", "bare, GC pause µs", "gateway, GC pause µs");

    private readonly MarkdownTable _reading = new(
        "beside a bare forwarder", "p50, microseconds", "ratio of p50", "ratio of p99", "requests a second", "ratio");

    private readonly MarkdownTable _stored = new(
        "microseconds", "bare p50", "gateway p50", "ratio of p50", "bare p99", "gateway p99", "ratio of p99");

    public void Add(Scenario scenario, Compared compared)
    {
        var (median, percentile99) = (Limits.MedianOf(scenario), Limits.Percentile99Of(scenario));
        var isHeld = compared.MedianRatio.Median <= median && !(compared.Percentile99Ratio.Median > percentile99);
        _latencies.Add(
        [
            scenario.Name,
            F(compared.BareMedian), F(compared.GatewayMedian), compared.MedianRatio.ToString(), Ratio(median),
            F(compared.BarePercentile99), F(compared.GatewayPercentile99), compared.Percentile99Ratio.ToString(), Ratio(percentile99),
            Held(isHeld),
        ]);
        _costs.Add(
        [
            scenario.Name,
            F(compared.Bare.AllocatedBytes), F(compared.Gateway.AllocatedBytes), F(compared.Gateway.AllocatedBytes - compared.Bare.AllocatedBytes),
            F(compared.Bare.ProcessorMicroseconds), F(compared.Gateway.ProcessorMicroseconds),
            compared.Bare.PauseMicroseconds.ToString("N1", CultureInfo.InvariantCulture),
            compared.Gateway.PauseMicroseconds.ToString("N1", CultureInfo.InvariantCulture),
        ]);
    }

    public void Add(Scenario scenario, Saturated saturated) => _rates.Add(
    [
        scenario.Name, F(saturated.Bare), F(saturated.Gateway), saturated.Ratio.ToString(), Ratio(Limits.Saturation),
        Held(saturated.Ratio.Median >= Limits.Saturation),
    ]);

    public void AddReading(Scenario scenario, Compared compared, Saturated saturated) => _reading.Add(
    [
        scenario.Name,
        F(compared.GatewayMedian), compared.MedianRatio.ToString(), compared.Percentile99Ratio.ToString(), F(saturated.Gateway), saturated.Ratio.ToString(),
    ]);

    public void AddStored(Scenario scenario, Compared compared) => _stored.Add(
    [
        scenario.Name,
        F(compared.BareMedian), F(compared.GatewayMedian), compared.MedianRatio.ToString(),
        F(compared.BarePercentile99), F(compared.GatewayPercentile99), compared.Percentile99Ratio.ToString(),
    ]);

    public Report ToReport(OverheadSettings settings)
    {
        var report = new Report("gateway-overhead", "What the gateway costs beside a bare forwarder");
        report.Add(
            "The gateway (signatures in memory only) beside YARP's forwarder with the same server, handler and settings, before the same upstream, which "
            + "answers with fixed bytes. Each is a process of its own on this machine, and so is the client. Every request reaches the upstream "
            + "as it has to: unaltered, or through the gateway with what was missing; its length is looked at each time, and its bytes before "
            + $"measuring. Bodies have {Scenario.BodyLength:N0} bytes and three calls with their results.");
        report.AddHeading("Latency");
        report.Add(
            $"One request in flight. Medians of {settings.Rounds} rounds of {OverheadSettings.Turns * OverheadSettings.RequestsInTurn} requests "
            + $"each, in turns of {OverheadSettings.RequestsInTurn}. A ratio is the median of the rounds' ratios; half of the rounds lie within "
            + "the brackets. Of a stream it is the time to the first byte, after which the upstream waits until the client has it.");
        report.Add(_latencies);
        report.AddHeading("Saturation");
        report.Add(
            $"{OverheadSettings.InFlight} requests in flight, medians of {settings.Rounds} rounds with a turn of "
            + $"{OverheadSettings.Slice.TotalMilliseconds:F0} ms each. Client and upstream share the machine's processors with what is measured.");
        report.Add(_rates);
        report.AddHeading("What a request costs the process");
        report.Add("Counted in the process itself, while the latencies were measured. Of a stream it is all of it, not its first byte. The processor time "
            + "has in it that of threads which spin before they sleep, so with one request in flight it grows with what the request waits for.");
        report.Add(_costs);
        report.AddHeading("What reading alone costs");
        report.Add(
            "In the gateway's place a bare forwarder that takes in each body whole and passes .NET's JSON reader over its tokens once, without looking at "
            + "them: what whoever looks for missing signatures can't do without.");
        report.Add(_reading);
        report.AddHeading("With signatures on the disk");
        report.Add(
            "The gateway with a SQLite store, as it is by default, so that answers end when their signatures are safe on the disk. No limit: "
            + "the disk decides.");
        report.Add(_stored);
        return report;
    }

    private static string Held(bool isHeld) => isHeld ? "yes" : "NO";

    private static string F(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ratio(double? ratio) => ratio?.ToString("F2", CultureInfo.InvariantCulture) ?? "-";
}
