using System.Globalization;

namespace FastSignatureCache.Durability.Load;

/// <summary>How often things are killed: a few times in the short form, which is the default; as often as FSC_KILLS says in the long one.</summary>
internal static class Kills
{
    public static int Count(int inShort) =>
        Environment.GetEnvironmentVariable("FSC_KILLS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : inShort;
}
