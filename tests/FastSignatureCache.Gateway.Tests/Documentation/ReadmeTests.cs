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

    [Fact]
    public async Task The_lines_for_clients_are_those_of_the_snippets_which_are_compiled_and_run()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var readme = await File.ReadAllLinesAsync(Path.Combine(Repository(), "README.md"), cancellation);
        var snippets = await File.ReadAllTextAsync(
            Path.Combine(Repository(), "tests", "FastSignatureCache.Gateway.Tests", "Documentation", "ReadmeSnippets.cs"), cancellation);
        string[] clients = ["openAIClient", "AnthropicClient"];
        var lines = readme.Where(line => line.StartsWith('|') && clients.Any(client => line.Contains(client, StringComparison.OrdinalIgnoreCase)))
            .Select(line => line.Split('`')[1]).ToList();
        Assert.Equal(4, lines.Count);
        Assert.All(lines, line => Assert.Contains(line, snippets, StringComparison.Ordinal));
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
