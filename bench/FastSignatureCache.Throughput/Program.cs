using System.CommandLine;
using FastSignatureCache.Bench.Reports;
using FastSignatureCache.Bench.Throughput;
using FastSignatureCache.Bench.Throughput.RedisNode;
using FastSignatureCache.Bench.Throughput.Stores;
using FastSignatureCache.Bench.Workloads;

var rounds = new Option<int>("--rounds") { Description = "How often each contender has its turn.", DefaultValueFactory = static _ => 11 };
var slice = new Option<int>("--slice") { Description = "How long a turn is, in milliseconds.", DefaultValueFactory = static _ => 100 };
var tail = new Option<int>("--tail")
{
    Description = "How long look-ups are timed one by one, in seconds for each contender.",
    DefaultValueFactory = static _ => 6,
};
var reportName = ReportOption.Create();
var root = new RootCommand(
    "Measures look-ups a second against threads, single look-ups under churn (p50 to p99.99), and the cost of a hit in a large cache. "
    + "Takes about five minutes, and wants the machine for itself.")
{
    rounds, slice, tail, reportName, StoreCommand.Create(), RedisCommand.Create(),
};
root.SetAction(arguments =>
{
    var settings = new ThroughputSettings(
        arguments.GetValue(rounds),
        TimeSpan.FromMilliseconds(arguments.GetValue(slice)),
        TimeSpan.FromSeconds(arguments.GetValue(tail)));
    var report = new Report("throughput", "Throughput against threads, and latency under churn");
    ScalingSection<Hits>.AddTo(report, "throughput-hits", settings);
    ScalingSection<Mix>.AddTo(report, "throughput-mix", settings);
    TailSection.AddTo(report, settings);
    LargeCacheSection.AddTo(report);
    ReportOption.Publish(report, arguments.GetValue(reportName));
});
return root.Parse(args).Invoke();
