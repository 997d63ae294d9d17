using System.CommandLine;
using FastSignatureCache.Bench.HitRate;
using FastSignatureCache.Bench.Replay;
using FastSignatureCache.Bench.Reports;

var traces = new Option<DirectoryInfo?>("--traces")
{
    Description = "A folder of recorded traces, NAME/keystream.csv.gz each: lines of t,op,key with t in seconds, op G (look-up) or P "
        + "(put), and key a number. Without it, generated traffic is replayed.",
    HelpName = "DIR",
};
var seeds = new Option<int[]>("--seed")
{
    Description = "Seeds of generated traffic. May be given several times.",
    DefaultValueFactory = static _ => [1, 2],
};
var shape = new TrafficShape();
var rate = new Option<double>("--rate")
{
    Description = "New conversations a second in generated traffic.",
    DefaultValueFactory = _ => shape.NewConversationsPerSecond,
};
var hours = new Option<double>("--hours")
{
    Description = "How long generated traffic is.",
    DefaultValueFactory = _ => shape.Duration.TotalHours,
};
var timeToLive = new Option<bool>("--time-to-live")
{
    Description = "Compare fixed times to live with adaptive ones that keep as many entries alive, instead of caches by capacity; on generated "
        + "traffic too where traces are given.",
};
var reportName = ReportOption.Create();
var root = new RootCommand(
    "Replays conversation traffic to the cache, its peers and simulated policies, and prints each one's hit rate against capacity.")
{
    traces, seeds, rate, hours, timeToLive, reportName,
};
root.SetAction(arguments =>
{
    var generated = shape with
    {
        NewConversationsPerSecond = arguments.GetValue(rate),
        Duration = TimeSpan.FromHours(arguments.GetValue(hours)),
    };
    var seedsOfAll = arguments.GetValue(seeds)!;
    var recorded = arguments.GetValue(traces) is { } folder ? Trace.ReadAll(folder.FullName) : null;
    if (recorded is { Count: 0 })
    {
        Console.Error.WriteLine("There is no trace in that folder.");
        return 1;
    }

    ReportOption.Publish(
        arguments.GetValue(timeToLive)
            ? TimeToLiveReport.Create([.. (recorded ?? []).Select(TimeToLiveSubject.Of), TimeToLiveSubject.Of(generated, seedsOfAll)])
            : HitRateReport.Create(recorded ?? [.. seedsOfAll.Select(seed => TrafficGenerator.Generate(generated, seed))]),
        arguments.GetValue(reportName));
    return 0;
});
return root.Parse(args).Invoke();
