namespace FastSignatureCache.Redis.Entries;

/// <summary>Times as the server takes them: whole milliseconds since 1970.</summary>
internal static class UnixMilliseconds
{
    /// <summary>The first that is not before a time: the server forgets nothing early, and an index shows nothing older than it is.</summary>
    public static long AtOrAfter(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds() + (time.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
}
