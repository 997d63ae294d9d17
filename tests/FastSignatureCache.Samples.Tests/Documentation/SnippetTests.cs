using FastSignatureCache.Samples.Tests.Support;

namespace FastSignatureCache.Samples.Tests.Documentation;

/// <summary>The C# of the documentation is compiled: it stands in a sample, or in the snippets that other tests run.</summary>
public sealed class SnippetTests
{
    [Theory]
    [InlineData("README.md", 7)]
    [InlineData("src/PACKAGES.md", 2)]
    public async Task Each_snippet_stands_word_for_word_in_a_file_that_is_compiled(string document, int atLeast)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var files = Directory.GetFiles(Repository.PathOf("tests", "Samples"), "Program.cs", SearchOption.AllDirectories)
            .Append(Repository.PathOf("tests", "FastSignatureCache.Gateway.Tests", "Documentation", "ReadmeSnippets.cs"));
        var compiled = await Task.WhenAll(files.Select(async file => Flush(await File.ReadAllTextAsync(file, cancellation))));
        var text = await File.ReadAllTextAsync(Repository.PathOf(document), cancellation);
        var snippets = text.Split("```csharp\n").Skip(1).Select(block => Flush(block[..block.IndexOf("```", StringComparison.Ordinal)])).ToList();

        Assert.True(snippets.Count >= atLeast);
        Assert.All(snippets, snippet => Assert.Contains(compiled, code => code.Contains(snippet, StringComparison.Ordinal)));
    }

    /// <summary>The same lines without what they are indented by, and no empty ones around them.</summary>
    private static string Flush(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();
}
