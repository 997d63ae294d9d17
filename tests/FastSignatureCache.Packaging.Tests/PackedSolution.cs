using System.Text.RegularExpressions;
using FastSignatureCache.Packaging.Tests.Support;

namespace FastSignatureCache.Packaging.Tests;

/// <summary>All packages, packed once from what is built.</summary>
public sealed partial class PackedSolution : IAsyncLifetime
{
    private readonly string _folder = OutputFolder.Create("packages");

    /// <summary>Whose packages there are.</summary>
    public IEnumerable<string> Libraries => FilesByLibrary(".nupkg").Select(library => library.Key);

    /// <summary>A library's package, <c>.nupkg</c>, or its symbols, <c>.snupkg</c>.</summary>
    public string FileOf(string library, string extension) => Assert.Single(FilesByLibrary(extension)[library]);

    public async ValueTask InitializeAsync() =>
        await DotNet.RunAsync("pack", "FastSignatureCache.sln", "-c", Repository.Configuration, "--no-build", "-o", _folder);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ILookup<string, string> FilesByLibrary(string extension) =>
        Directory.GetFiles(_folder, "*" + extension).ToLookup(file => Version().Replace(Path.GetFileNameWithoutExtension(file), ""));

    [GeneratedRegex(@"\.\d+\.\d+\.\d+.*$")]
    private static partial Regex Version();
}
