using System.Globalization;

namespace FastSignatureCache.Bench.GatewayOverhead.Hosts;

/// <summary>What a process has used since its start.</summary>
/// <param name="AllocatedBytes">What it allocated on the managed heap.</param>
/// <param name="ProcessorTime">Of all its threads together.</param>
internal readonly record struct Usage(long AllocatedBytes, TimeSpan ProcessorTime)
{
    public static Usage OfThisProcess() => new(GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);

    public static Usage Parse(string text) =>
        text.Split(' ') is [var bytes, var ticks]
            ? new(long.Parse(bytes, CultureInfo.InvariantCulture), TimeSpan.FromTicks(long.Parse(ticks, CultureInfo.InvariantCulture)))
            : throw new FormatException("Two numbers were expected.");

    public static Usage operator -(Usage left, Usage right) =>
        new(left.AllocatedBytes - right.AllocatedBytes, left.ProcessorTime - right.ProcessorTime);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{AllocatedBytes} {ProcessorTime.Ticks}");
}
