using System.ComponentModel;

namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>The tools that every client offers. With two of them, a loop of three steps makes the same call twice.</summary>
internal static class Tools
{
    public const string Schema = """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""";

    public static IReadOnlyList<string> Names { get; } = [nameof(Weather), nameof(LocalTime)];

    [Description("The weather in a city.")]
    public static string Weather(string city) => $"Rain in {city}";

    [Description("The time in a city.")]
    public static string LocalTime(string city) => $"Noon in {city}";
}
