using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace FastSignatureCache.Tables;

/// <summary>
/// Where a listing is. It counts homes, not buckets: every hash has one home of so many for ever, however the table grows in between, so
/// that what stays is listed once.
/// </summary>
/// <param name="Homes">How many homes there are: a power of two, the table's length when the listing began.</param>
/// <param name="Home">The next home.</param>
/// <param name="Skip">How many entries of that home were listed already.</param>
internal readonly record struct TableCursor(int Homes, int Home, int Skip)
{
    private const char Separator = '-';

    public static bool TryParse(string text, [NotNullWhen(true)] out TableCursor? cursor)
    {
        cursor = text.Split(Separator) is [var homes, var home, var skip]
            && TryParseNumber(homes, out var homeCount)
            && TryParseNumber(home, out var next)
            && TryParseNumber(skip, out var skipped)
            && homeCount is >= EntryTable.InitialLength and <= EntryTable.MaxLength && BitOperations.IsPow2(homeCount) && next < homeCount
                ? new(homeCount, next, skipped)
                : null;
        return cursor is not null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Homes:x}{Separator}{Home:x}{Separator}{Skip:x}");

    private static bool TryParseNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number >= 0;
}
