namespace FastSignatureCache.Gateway.Options;

/// <summary>One setting: how it is called everywhere, and how its text becomes a value.</summary>
/// <param name="Key">Its key below <c>Gateway</c> in appsettings.json; with <c>__</c> for <c>:</c> in the environment.</param>
/// <param name="Set">Puts the value into the options.</param>
/// <exception cref="FormatException">Thrown by <paramref name="Set"/>: the text is no such value; the message says what one looks like.</exception>
internal sealed record GatewaySetting(string Key, Action<GatewayOptions, string> Set)
{
    /// <summary>The option of the command line, or null if there is none.</summary>
    public string? Option { get; init; }

    /// <summary>How the command line's help calls the value.</summary>
    public string ValueName { get; init; } = "VALUE";

    /// <summary>What the command line's help says about it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether it can be written as an array.</summary>
    public bool IsList { get; init; }
}
