namespace FastSignatureCache.Gateway.Options;

/// <summary>Reads the settings strictly: what is unknown or unreadable is a fault, and all faults are found, not only the first.</summary>
internal static class SettingsReader
{
    /// <param name="configuration">Where the settings are, below <see cref="GatewaySettings.Section"/>.</param>
    /// <param name="faults">Gets what is wrong, whole sentences.</param>
    public static GatewayOptions Read(IConfiguration configuration, ICollection<string> faults)
    {
        var options = new GatewayOptions();
        var section = configuration.GetSection(GatewaySettings.Section);
        foreach (var setting in GatewaySettings.All)
        {
            if (TextOf(section.GetSection(setting.Key), setting.IsList) is not { } text)
            {
                continue;
            }

            try
            {
                setting.Set(options, text);
            }
            catch (FormatException wrong)
            {
                faults.Add($"{NameOf(setting)} {wrong.Message}.");
            }
        }

        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (value is not null && !IsKnown(key))
            {
                faults.Add($"{GatewaySettings.Section}:{key} is not a setting of the gateway.");
            }
        }

        return options;
    }

    private static string? TextOf(IConfigurationSection section, bool isList)
    {
        if (!isList || section.Value is not null)
        {
            return section.Value;
        }

        var entries = section.GetChildren().Select(child => child.Value ?? "").ToArray();
        return entries.Length == 0 ? null : string.Join(',', entries);
    }

    private static bool IsKnown(string key) => GatewaySettings.All.Any(setting =>
        key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)
        || (setting.IsList && key.StartsWith(setting.Key + ":", StringComparison.OrdinalIgnoreCase)));

    private static string NameOf(GatewaySetting setting) => setting.Option is null ? setting.Key : $"{setting.Key} ({setting.Option})";
}
