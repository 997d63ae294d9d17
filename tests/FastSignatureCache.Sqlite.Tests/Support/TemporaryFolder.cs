namespace FastSignatureCache.Sqlite.Tests.Support;

/// <summary>A folder of its own for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsc-sqlite-");

    public string Path => _folder.FullName;

    public string Database => System.IO.Path.Combine(Path, "signatures.db");

    /// <summary>The files whose names say that they were set aside.</summary>
    public string[] SetAside =>
    [
        .. Directory.GetFiles(Path, "signatures.db.damaged-*").Where(file => !file.EndsWith("-wal", StringComparison.Ordinal)),
    ];

    public void Dispose() => _folder.Delete(recursive: true);
}
