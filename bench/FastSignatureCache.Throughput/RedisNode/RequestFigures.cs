namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What a request of a gateway costs the servers: a get, where there is something to get, and a put.</summary>
/// <param name="CpuMicroseconds">CPU of main threads.</param>
/// <param name="BytesIn">Bytes that servers receive.</param>
/// <param name="BytesOut">Bytes that servers send.</param>
internal sealed record RequestFigures(double CpuMicroseconds, double BytesIn, double BytesOut);
