namespace FastSignatureCache.Gateway.CommandLine;

/// <summary>Where settings come from, each source going before those above it.</summary>
internal static class GatewayConfiguration
{
    private const string FileName = "appsettings.json";

    /// <param name="commandLine">What the command line says, by configuration key.</param>
    /// <param name="faults">Gets what is wrong, whole sentences.</param>
    public static IConfigurationRoot Load(IReadOnlyDictionary<string, string?> commandLine, ICollection<string> faults)
    {
        var sources = new ConfigurationBuilder();
        foreach (var folder in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() }.Distinct())
        {
            AddFile(sources, Path.Combine(folder, FileName), faults);
        }

        return sources.AddEnvironmentVariables().AddInMemoryCollection(commandLine).Build();
    }

    /// <summary>Reads a file on its own first: one that is damaged is a fault like any other, and the rest is still read.</summary>
    private static void AddFile(ConfigurationBuilder sources, string path, ICollection<string> faults)
    {
        try
        {
            sources.AddConfiguration(new ConfigurationBuilder().AddJsonFile(path, optional: true).Build());
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"{path} can not be read: {unreadable.GetBaseException().Message}");
        }
    }
}
