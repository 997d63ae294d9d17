using System.Globalization;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>A figure of many rounds: its median, and the quartiles between which half of the rounds lie.</summary>
internal readonly record struct Spread(double Lower, double Median, double Upper)
{
    /// <summary>The spread of at least one value.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(At(0.25), At(0.5), At(0.75));

        // Between two values, as far as the quantile lies between them.
        double At(double quantile)
        {
            var place = quantile * (sorted.Length - 1);
            var (below, above) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
            return below + ((above - below) * (place - Math.Floor(place)));
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:F3} ({Lower:F3} to {Upper:F3})");
}
