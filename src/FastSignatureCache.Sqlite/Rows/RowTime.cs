namespace FastSignatureCache.Sqlite.Rows;

/// <summary>
/// Times as rows have them: ticks of 100 ns since 2000. A row's id begins with the time it was created, so that the table itself is in the
/// order of creation: it needs no index for it, grows at its end, and is trimmed at its beginning.
/// </summary>
internal static class RowTime
{
    /// <summary>How many rows of the very same tick have room before some of them take the next one's ids.</summary>
    public const int IdsPerTick = 1 << IdBits;

    private const int IdBits = 8;
    private const long MaxTicks = (1L << (63 - IdBits)) - TimeSpan.TicksPerDay;
    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static long Of(DateTimeOffset time) => time.UtcTicks - Epoch;

    public static DateTimeOffset ToTime(long rowTime) => new(Math.Clamp(rowTime + Epoch, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    /// <summary>The first id for a row of this time. Times before 1886 or after 2114 all have the ids of those years.</summary>
    public static long FirstId(long rowTime) => Math.Clamp(rowTime, -MaxTicks, MaxTicks) << IdBits;

    /// <summary>The time that an id begins with.</summary>
    public static long OfId(long id) => id >> IdBits;
}
