using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace FastSignatureCache.Packaging.Tests;

/// <summary>The packages as <c>dotnet pack</c> makes them. Package validation is a part of that: what it finds is an error.</summary>
public sealed class PackageTests(PackedSolution packed) : IClassFixture<PackedSolution>
{
    /// <summary>What has a public surface is a library, and every library is a package.</summary>
    public static TheoryData<string> Libraries => new(Directory
        .GetFiles(Repository.PathOf("src"), "PublicAPI.Shipped.txt", SearchOption.AllDirectories)
        .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)));

    [Fact]
    public void Nothing_but_the_libraries_is_packed() =>
        Assert.Equal(Libraries.Select(row => row.Data).Order(), packed.Libraries.Order());

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_package_has_its_library_with_documentation_readme_and_icon(string library)
    {
        using var package = ZipFile.OpenRead(packed.FileOf(library, ".nupkg"));

        Assert.All(
            [$"lib/net10.0/{library}.dll", $"lib/net10.0/{library}.xml", "README.md", "icon.png"],
            name => Assert.True(package.GetEntry(name)?.Length > 100, $"{name} is not in the package."));
        Assert.Equal(2, package.Entries.Count(entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_package_says_what_it_is_and_nothing_of_where_it_was_made(string library)
    {
        using var package = ZipFile.OpenRead(packed.FileOf(library, ".nupkg"));
        using var stream = package.GetEntry($"{library}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();

        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal((library, "README.md", "icon.png"), (Value("id"), Value("readme"), Value("icon")));
        Assert.InRange(Value("description")!.Length, 40, 400);
        Assert.DoesNotContain("://", metadata.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(metadata.Elements(), element => element.Attribute("url") is not null);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_is_deterministic_and_its_symbols_are_packed_beside_it(string library)
    {
        using var package = ZipFile.OpenRead(packed.FileOf(library, ".nupkg"));
        using var symbols = ZipFile.OpenRead(packed.FileOf(library, ".snupkg"));
        using var assembly = new MemoryStream();
        using (var entry = package.GetEntry($"lib/net10.0/{library}.dll")!.Open())
        {
            entry.CopyTo(assembly);
        }

        assembly.Position = 0;
        using var reader = new PEReader(assembly);
        Assert.Contains(reader.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        Assert.True(symbols.GetEntry($"lib/net10.0/{library}.pdb")!.Length > 1000);
    }
}
