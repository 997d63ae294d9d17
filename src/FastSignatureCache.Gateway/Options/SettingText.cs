using System.Globalization;
using System.Numerics;

namespace FastSignatureCache.Gateway.Options;

/// <summary>Reads the text of settings. Everything else is a <see cref="FormatException"/> that says what would have been right.</summary>
internal static class SettingText
{
    private static readonly (string Unit, long Bytes)[] SizeUnits = [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("B", 1)];

    private static readonly (string Unit, TimeSpan Time)[] TimeUnits =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>A whole number.</summary>
    public static T Whole<T>(string text)
        where T : IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"must be a whole number, but is '{text}'");

    /// <summary>A number of bytes, with or without a unit: <c>1048576</c>, <c>1024KiB</c>, <c>1MiB</c>.</summary>
    public static long Bytes(string text)
    {
        var (number, unit) = Split(text, SizeUnits);
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            && Math.Abs((decimal)count * Math.Max(1, unit)) <= long.MaxValue)
        {
            return count * Math.Max(1, unit);
        }

        throw new FormatException($"must be a number of bytes such as 268435456 or 256MiB, but is '{text}'");
    }

    /// <summary>A length of time with its unit: <c>90s</c>, <c>10m</c>, <c>7d</c>; or as .NET writes it: <c>7.00:00:00</c>.</summary>
    public static TimeSpan Duration(string text)
    {
        var (number, unit) = Split(text, TimeUnits);
        if (unit != TimeSpan.Zero
            && int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            && Math.Abs(count * unit.TotalDays) < TimeSpan.MaxValue.TotalDays)
        {
            return count * unit;
        }

        // A number alone is not accepted: .NET takes it for days, and most people would have meant seconds.
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time))
        {
            return time;
        }

        throw new FormatException($"must be a length of time such as 90s, 10m, 7d or 7.00:00:00, but is '{text}'");
    }

    /// <summary>A length of time, or <c>never</c>.</summary>
    public static TimeSpan DurationOrNever(string text) =>
        text.Equals("never", StringComparison.OrdinalIgnoreCase) ? Timeout.InfiniteTimeSpan : Duration(text);

    /// <summary>One of an enumeration's names.</summary>
    public static T Choice<T>(string text)
        where T : struct, Enum =>
        // By name only: Enum.TryParse would accept any number.
        Array.Find(Enum.GetNames<T>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<T>(name)
            : throw new FormatException($"must be one of {string.Join(", ", Enum.GetNames<T>())}, but is '{text}'");

    /// <summary>One of some names.</summary>
    public static T Choice<T>(string text, params IReadOnlyList<(string Name, T Value)> choices) =>
        choices.FirstOrDefault(choice => choice.Name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { Name: not null } found
            ? found.Value
            : throw new FormatException($"must be one of {string.Join(", ", choices.Select(choice => choice.Name))}, but is '{text}'");

    private static (string Number, T? Unit) Split<T>(string text, (string Unit, T Value)[] units)
    {
        var number = text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
        var unit = text[number.Length..];
        if (unit.Length == 0)
        {
            return (number, default);
        }

        var known = Array.Find(units, candidate => candidate.Unit.Equals(unit, StringComparison.OrdinalIgnoreCase));
        return known.Unit is null ? (text, default) : (number.TrimEnd(), known.Value);
    }
}
