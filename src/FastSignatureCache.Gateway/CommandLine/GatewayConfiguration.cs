using System.Text.Json;

namespace FastSignatureCache.Gateway.CommandLine;

/// <summary>Where settings come from, each source going before those above it.</summary>
internal static class GatewayConfiguration
{
    private const string FileName = "appsettings.json";

    /// <param name="commandLine">What the command line says, by configuration key.</param>
    /// <param name="faults">Gets what is wrong, whole sentences.</param>
    /// <param name="folder">Where a file is looked for besides the program's own folder; null for the current one.</param>
    public static IConfigurationRoot Load(
        IReadOnlyDictionary<string, string?> commandLine, ICollection<string> faults, string? folder = null)
    {
        var sources = new ConfigurationBuilder();
        foreach (var place in new[] { AppContext.BaseDirectory, folder ?? Directory.GetCurrentDirectory() })
        {
            AddFile(sources, Path.Combine(place, FileName), faults);
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
            faults.Add($"{path} can not be read: {ReasonOf(unreadable.GetBaseException())}");
        }
    }

    // The parser's own message quotes what it does not understand, which may be a secret.
    private static string ReasonOf(Exception failure) => failure is JsonException malformed
        ? $"it is no valid JSON at line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}."
        : failure.Message;
}
