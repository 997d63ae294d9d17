using System.Globalization;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What a server says of itself with <c>INFO</c>: a name and a number each.</summary>
internal sealed class NodeReading(IReadOnlyDictionary<string, string> info)
{
    private const string CommandPrefix = "cmdstat_";

    public double UsedMemory => this["used_memory"];

    public double ResidentMemory => this["used_memory_rss"];

    /// <summary>CPU of the thread that carries out commands, and of no other.</summary>
    public double CpuSeconds => this["used_cpu_user_main_thread"] + this["used_cpu_sys_main_thread"];

    public double BytesIn => this["total_net_input_bytes"];

    public double BytesOut => this["total_net_output_bytes"];

    /// <summary>Those inside of scripts too.</summary>
    public double Commands => this["total_commands_processed"];

    /// <summary>The length of the append-only file; 0 without one.</summary>
    public double LogBytes => info.ContainsKey("aof_current_size") ? this["aof_current_size"] : 0;

    public string Server => $"Redis {info["redis_version"]} with {info["mem_allocator"]}";

    public double this[string name] => double.Parse(info[name], CultureInfo.InvariantCulture);

    /// <summary>What each command was called since an earlier reading, and the mean time inside of it; the ones that took most first.</summary>
    public IEnumerable<(string Name, double Calls, double Microseconds)> CommandsSince(NodeReading earlier) =>
        from line in info
        where line.Key.StartsWith(CommandPrefix, StringComparison.Ordinal)
        let calls = CallsOf(line.Key) - earlier.CallsOf(line.Key)
        let microseconds = TimeOf(line.Key) - earlier.TimeOf(line.Key)
        where calls > 0
        orderby microseconds descending
        select (line.Key[CommandPrefix.Length..], calls, microseconds / calls);

    private double CallsOf(string command) => Field(command, "calls=");

    private double TimeOf(string command) => Field(command, "usec=");

    // As in "cmdstat_get:calls=21,usec=175,usec_per_call=8.33".
    private double Field(string command, string name) => info.TryGetValue(command, out var fields)
        ? double.Parse(
            fields.Split(',').Single(field => field.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture)
        : 0;
}
