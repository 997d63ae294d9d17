using System.Globalization;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>Numbers as the tables have them.</summary>
internal static class Text
{
    public static string Of(double number, int decimals = 0) => number.ToString("N" + decimals, CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture);
}
