using FastSignatureCache.Sqlite;

namespace FastSignatureCache.Gateway.Storage;

/// <summary>The folder on this machine where signatures are kept, with the secret that finds them.</summary>
/// <param name="path">The folder, or null for the platform's.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Told why a folder can't be used.</param>
internal sealed partial class DataFolder(string? path, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>The owner's alone: what is kept is worth as much as the conversations.</summary>
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder where it is missing, and sees whether it can be used.</summary>
    /// <returns>The folder, and its secret if it is needed; null when the gateway has to do without.</returns>
    public async Task<(string Path, string? Secret)?> OpenAsync(bool needsSecret, CancellationToken cancellationToken)
    {
        // The store knows where the platform wants it; empty where there is no such folder.
        var folder = path is null
            ? Path.GetDirectoryName(new SqliteStoreOptions().DatabasePath)
            : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (string.IsNullOrEmpty(folder))
        {
            LogNoFolder();
            return null;
        }

        try
        {
            Create(folder);
            TryToWrite(folder);
            var secret = needsSecret
                ? await new SecretFile(folder, timeProvider, logger).ReadOrCreateAsync(cancellationToken).ConfigureAwait(false)
                : null;
            return (folder, secret);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            LogUnusable(folder, unusable.Message);
            return null;
        }
    }

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    // A database that can't be written is better known now than after the first answer.
    private static void TryToWrite(string folder)
    {
        using var probe = new FileStream(
            Path.Combine(folder, $".{Guid.NewGuid():N}.tmp"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    }
}
