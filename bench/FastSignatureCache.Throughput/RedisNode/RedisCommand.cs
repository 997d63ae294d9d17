using System.CommandLine;
using FastSignatureCache.Bench.Replay;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary><c>redis</c>: what one node of a cluster can take, and what that means for many conversations a day.</summary>
internal static class RedisCommand
{
    public static Command Create()
    {
        var connection = new Option<string>("--connection")
        {
            Description = "An empty server that serves nothing else, as in StackExchange.Redis. Its configuration is changed, and put back at the end.",
            HelpName = "HOST:PORT",
            Required = true,
        };
        var conversations = new Option<int>("--conversations")
        {
            Description = "How many conversations the server is filled with: 100,000 and more, for the fixed part to vanish.",
            DefaultValueFactory = static _ => 100_000,
        };
        var steps = new Option<int>("--steps")
        {
            Description = "How many steps a turn has: calls, and a text at the end.",
            DefaultValueFactory = static _ => 4,
        };
        var inFlight = new Option<int>("--in-flight")
        {
            Description = "How many requests are on their way at once.",
            DefaultValueFactory = static _ => 64,
        };
        var seconds = new Option<int>("--seconds") { Description = "How long a rate is measured.", DefaultValueFactory = static _ => 10 };
        var reportName = ReportOption.Create();
        var command = new Command(
            "redis",
            "Simulates the conversations of gateways on one real server, through the store as gateways use it: memory, requests a second, CPU, "
            + "network, latency, the append-only file, snapshots, expiry, and other layouts of the same content. Takes about five minutes. "
            + "A server for it, in an empty folder: "
            + "redis-server --bind 127.0.0.1 --port 6390 --save '' --appendonly no --auto-aof-rewrite-percentage 0")
        {
            connection, conversations, steps, inFlight, seconds, reportName,
        };
        command.SetAction(async (arguments, _) =>
        {
            var report = new Report("redis", "One node of Redis, and what many conversations would take");
            var traffic = new SimulatedTraffic(new TrafficShape(), arguments.GetValue(steps));
            var load = new Load(arguments.GetValue(inFlight), TimeSpan.FromSeconds(arguments.GetValue(seconds)));
            var node = await Node.ConnectAsync(arguments.GetRequiredValue(connection)).ConfigureAwait(false);
            await using (node.ConfigureAwait(false))
            {
                await MeasureAsync(report, node, traffic, load, arguments.GetValue(conversations)).ConfigureAwait(false);
            }

            ReportOption.Publish(report, arguments.GetValue(reportName));
        });
        return command;
    }

    // Those that want an empty server first; each leaves it as it finds it.
    private static async Task MeasureAsync(Report report, Node node, SimulatedTraffic traffic, Load load, int conversations)
    {
        await TrafficSection.AddToAsync(report, node, traffic, load).ConfigureAwait(false);
        await LogSection.AddToAsync(report, node, traffic, load).ConfigureAwait(false);
        await ExpirySection.AddToAsync(report, node, traffic, load, conversations / 5).ConfigureAwait(false);
        await LayoutSection.AddToAsync(report, node, traffic, conversations / 5).ConfigureAwait(false);

        var (memory, put) = await MemorySection.AddToAsync(report, node, traffic, load, conversations).ConfigureAwait(false);
        var request = await RateSection.AddToAsync(report, node, traffic, load, conversations, put).ConfigureAwait(false);
        var atHalf = await LatencySection.AddToAsync(report, node, traffic, load, request.Rate / 2).ConfigureAwait(false);
        PlanSection.AddTo(report, traffic, memory, atHalf);
    }
}
