using FastSignatureCache.Gateway.Options;

namespace FastSignatureCache.Gateway.Tests.Documentation;

public class ReadmeTests
{
    [Fact]
    public async Task The_table_of_settings_has_every_setting_with_all_its_names_and_nothing_else()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Repository(), "README.md"), TestContext.Current.CancellationToken);
        var rows = lines.Where(line => line.Contains("| `Gateway__", StringComparison.Ordinal)).ToList();
        Assert.Equal(GatewaySettings.All.Count, rows.Count);
        Assert.All(GatewaySettings.All, setting => Assert.Single(rows, row => row.StartsWith(
            $"| `{setting.Key}` | `Gateway__{setting.Key.Replace(":", "__", StringComparison.Ordinal)}` | "
            + (setting.Option is null ? "| " : $"`{setting.Option}` | "),
            StringComparison.Ordinal)));
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FastSignatureCache.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
