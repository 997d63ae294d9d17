using System.Globalization;

namespace FastSignatureCache.Bench.GatewayOverhead.Hosts;

/// <summary>What a process has used since its start.</summary>
/// <param name="AllocatedBytes">What it allocated on the managed heap.</param>
/// <param name="ProcessorTime">Of all its threads together.</param>
/// <param name="Pauses">How long the garbage collector held all threads.</param>
internal readonly record struct Usage(long AllocatedBytes, TimeSpan ProcessorTime, TimeSpan Pauses)
{
    public static Usage OfThisProcess() => new(GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration());

    public static Usage Parse(string text)
    {
        long[] numbers = [.. text.Split(' ').Select(static number => long.Parse(number, CultureInfo.InvariantCulture))];
        return new(numbers[0], TimeSpan.FromTicks(numbers[1]), TimeSpan.FromTicks(numbers[2]));
    }

    public static Usage operator -(Usage left, Usage right) =>
        new(left.AllocatedBytes - right.AllocatedBytes, left.ProcessorTime - right.ProcessorTime, left.Pauses - right.Pauses);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{AllocatedBytes} {ProcessorTime.Ticks} {Pauses.Ticks}");
}
