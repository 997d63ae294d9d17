namespace FastSignatureCache.Gateway.Storage;

internal sealed partial class DataFolder
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "This platform or user has no folder for application data, so signatures are kept in memory only and a restart forgets them. "
        + "Name a folder with --data, or say --data none")]
    private partial void LogNoFolder();

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "The folder {Folder} can not be used, so signatures are kept in memory only and a restart forgets them: {Reason} "
        + "Make it writable and start again, name another folder with --data, or say --data none")]
    private partial void LogUnusable(string folder, string reason);
}
