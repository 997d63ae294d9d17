using System.CommandLine;
using FastSignatureCache.Bench.GatewayOverhead.Comparing;
using FastSignatureCache.Bench.GatewayOverhead.Exchanges;
using FastSignatureCache.Bench.GatewayOverhead.Hosts;
using FastSignatureCache.Bench.Reports;

var rounds = new Option<int>("--rounds") { Description = "How many ratios a median is of.", DefaultValueFactory = static _ => 25 };
var only = new Option<string?>("--only") { Description = "Measure only scenarios with this in their names.", HelpName = "TEXT" };
var reportName = ReportOption.Create();
var root = new RootCommand(
    "Measures what the gateway adds to a bare YARP forwarder to the same upstream: latency, time to the first byte of a stream, requests a second, "
    + "allocations, processor time. Takes about three minutes, and wants the machine for itself.")
{
    rounds, only, reportName, HostCommand.Create(),
};
root.SetAction(async (arguments, _) =>
{
    var settings = new OverheadSettings(arguments.GetValue(rounds));
    Scenario[] scenarios =
        [.. Scenario.All.Where(scenario => scenario.Name.Contains(arguments.GetValue(only) ?? "", StringComparison.OrdinalIgnoreCase))];
    var report = await OverheadCommand.MeasureAsync(scenarios, settings).ConfigureAwait(false);
    ReportOption.Publish(report, arguments.GetValue(reportName));
});
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
