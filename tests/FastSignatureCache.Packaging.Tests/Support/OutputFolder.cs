namespace FastSignatureCache.Packaging.Tests.Support;

/// <summary>A folder below <c>artifacts</c> that is empty at first and stays after the tests, to be looked at.</summary>
internal static class OutputFolder
{
    public static string Create(string name)
    {
        var folder = Repository.PathOf("artifacts", "packaging", name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }
}
