using FastSignatureCache.Packaging.Tests.Support;

namespace FastSignatureCache.Packaging.Tests;

/// <summary>All packages, packed once from what is built.</summary>
public sealed class PackedSolution : IAsyncLifetime
{
    /// <summary>Where the packages lie.</summary>
    public string Folder { get; } = OutputFolder.Create("packages");

    /// <summary>A library's package, <c>.nupkg</c>, or its symbols, <c>.snupkg</c>.</summary>
    public string FileOf(string library, string extension) => Assert.Single(Directory.GetFiles(Folder, $"{library}.0.*{extension}"));

    public async ValueTask InitializeAsync() =>
        await DotNet.RunAsync("pack", "FastSignatureCache.sln", "-c", Repository.Configuration, "--no-build", "-o", Folder);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
