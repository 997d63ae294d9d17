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
    public async Task Its_code_is_that_of_the_snippets_which_are_compiled_and_run()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository(), "README.md"), cancellation);
        var snippets = await File.ReadAllTextAsync(
            Path.Combine(Repository(), "tests", "FastSignatureCache.Gateway.Tests", "Documentation", "ReadmeSnippets.cs"), cancellation);
        var compiled = snippets.Split('\n').Select(line => line.Trim().TrimEnd(';')).ToHashSet();
        var blocks = readme.Split("```csharp\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]);
        var ofTable = readme.Split('\n').Where(line => line.StartsWith('|') && line.Contains("openAIClient", StringComparison.OrdinalIgnoreCase))
            .Select(line => line.Split('`')[1]).ToList();
        Assert.Equal(3, ofTable.Count);
        Assert.All(blocks.SelectMany(block => block.Split('\n')), line => Assert.Contains(line.Trim().TrimEnd(';'), compiled));
        Assert.All(ofTable, line => Assert.Contains(line, snippets, StringComparison.Ordinal));
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
