using System.CommandLine;
using FastSignatureCache.Bench;

var root = new RootCommand("Measures the latency and the memory of the cache beside those that users would pick instead, and guards both.")
{
    LatencyCommand.Create(),
    MemoryCommand.Create(),
    GateCommand.Create(),
};
return root.Parse(args).Invoke();
