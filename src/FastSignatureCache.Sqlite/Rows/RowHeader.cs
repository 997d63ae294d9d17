namespace FastSignatureCache.Sqlite.Rows;

/// <summary>The numbers of a row.</summary>
/// <param name="Id">Begins with the time of creation: see <see cref="RowTime"/>.</param>
/// <param name="Slot">Where the row is looked for: see <see cref="ConversationSlots"/>.</param>
/// <param name="Shift">By how many ticks the time in the id differs from that of creation: nearly always 0, which takes no room.</param>
/// <param name="Expires">When it expires.</param>
internal readonly record struct RowHeader(long Id, long Slot, long Shift, long Expires)
{
    public long Created => RowTime.OfId(Id) - Shift;
}
