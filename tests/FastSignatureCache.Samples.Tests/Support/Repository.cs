namespace FastSignatureCache.Samples.Tests.Support;

/// <summary>Where the repository lies that these tests were built from.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    /// <summary>The configuration that these tests were built in, and what they start with them.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>A file or folder of the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FastSignatureCache.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
