using System.Globalization;
using System.Security.Cryptography;

namespace FastSignatureCache.Gateway.Storage;

/// <summary>
/// The secret of a data folder: made once, so that a gateway that starts again finds what an earlier one has kept. Any number of gateways may
/// start at the same moment; all get the same.
/// </summary>
/// <param name="folder">The folder, which is there.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Told of a damaged file; never of a secret.</param>
internal sealed partial class SecretFile(string folder, TimeProvider timeProvider, ILogger logger)
{
    public const string Name = "signatures.secret";

    private const int Length = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    private readonly string _path = Path.Combine(folder, Name);

    /// <summary>The secret: 32 bytes in base64.</summary>
    /// <exception cref="IOException">The file can't be read or made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be read or made.</exception>
    public async Task<string> ReadOrCreateAsync(CancellationToken cancellationToken)
    {
        if (TryRead() is { } present)
        {
            return present;
        }

        // Without the lock, one gateway could set aside what another has just begun.
        var alone = await LockAsync(cancellationToken).ConfigureAwait(false);
        await using (alone.ConfigureAwait(false))
        {
            if (TryRead() is { } others)
            {
                return others;
            }

            if (File.Exists(_path))
            {
                SetAside();
            }

            return Create();
        }
    }

    /// <summary>The secret in the file, or null if there is none.</summary>
    private string? TryRead()
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_path) & ~OwnerOnly) != 0)
            {
                File.SetUnixFileMode(_path, OwnerOnly);
            }

            var secret = File.ReadAllText(_path).Trim();
            Span<byte> bytes = stackalloc byte[Length + 3];
            return Convert.TryFromBase64String(secret, bytes, out var length) && length == Length ? secret : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private void SetAside()
    {
        var damaged = _path + timeProvider.GetUtcNow().ToString("'.damaged-'yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        File.Move(_path, damaged, overwrite: true);
        LogSetAside(_path, damaged);
    }

    // Written in whole before it has its name, so that nobody reads half of it.
    private string Create()
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));
        var unfinished = _path + ".new";
        using (var file = Open(unfinished, FileMode.Create))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(secret + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, _path);
        return secret;
    }

    // The system gives the lock back when its holder dies.
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(_path + "-lock", FileMode.OpenOrCreate);
            }
            catch (IOException) when (timeProvider.GetElapsedTime(started) < LockTimeout)
            {
                await Task.Delay(LockInterval, timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new(path, options);
    }

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "{Path} is damaged: a secret is 32 bytes in base64. It was set aside as {Damaged} and a new one begun, and signatures that were kept "
        + "until now can not be found any more. If you have a copy of the file, stop the gateways, put it back and start again")]
    private partial void LogSetAside(string path, string damaged);
}
