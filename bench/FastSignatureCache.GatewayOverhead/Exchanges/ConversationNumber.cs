using System.Globalization;

namespace FastSignatureCache.Bench.GatewayOverhead.Exchanges;

/// <summary>The number that makes each conversation one of its own. It stands in the opening, and changes no body's length.</summary>
internal static class ConversationNumber
{
    /// <summary>The opening of every conversation, with the number 0.</summary>
    public const string Opening = "Conversation 0000000000000000";

    private const int Digits = 16;

    /// <summary>Where the number stands in a body.</summary>
    public static int PlaceIn(ReadOnlySpan<byte> body) => body.IndexOf("Conversation 0"u8) + Opening.Length - Digits;

    /// <summary>Writes a number at its place.</summary>
    public static void Write(byte[] body, int place, long number) =>
        number.TryFormat(body.AsSpan(place, Digits), out _, "D16", CultureInfo.InvariantCulture);
}
