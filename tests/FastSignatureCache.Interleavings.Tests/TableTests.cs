using FastSignatureCache.Metrics;
using FastSignatureCache.Packing;
using FastSignatureCache.Tables;
using static FastSignatureCache.Interleavings.Explore;

namespace FastSignatureCache.Interleavings;

/// <summary>The table alone, whose readers hold no lock, among keys that all want the same bucket.</summary>
public class TableTests
{
    [Fact]
    public void What_a_removal_moves_is_found_all_the_same() => All("removal against look-up of what it moves", () =>
    {
        var table = new EntryTable();
        var states = Fill(table);

        AtOnce(
            () =>
            {
                table.Remove(Hash(0));
                table.Remove(Hash(1));
            },
            () => Assert.Same(states[3], table.Find(Hash(3))),
            () => Assert.Same(states[2], table.Find(Hash(2))));

        Assert.Equal([null, null, states[2], states[3]], states.Select((_, i) => table.Find(Hash(i))));
    });

    [Fact]
    public void A_bucket_that_changes_hands_answers_for_nobody_else() => All("bucket that changes hands", () =>
    {
        var table = new EntryTable();
        var states = Fill(table);
        var added = State(4);

        AtOnce(
            () =>
            {
                table.Remove(Hash(3));
                table.Add(added);
            },
            () => Assert.True((table.Find(Hash(3)) ?? states[3]) == states[3]),
            () => Assert.True((table.Find(Hash(4)) ?? added) == added),
            () => Assert.True((table.Glance(Hash(0)) ?? states[0]) == states[0]));

        Assert.Same(added, table.Find(Hash(4)));
    });

    [Fact]
    public void Growing_takes_nothing_from_readers() => All("growing against look-up", () =>
    {
        var table = new EntryTable();
        var states = Enumerable.Range(0, 21).Select(State).ToArray();
        Array.ForEach(states, table.Add);

        AtOnce(
            () =>
            {
                table.Reserve();
                table.Add(State(21));
                table.Remove(Hash(0));
            },
            () => Assert.Same(states[20], table.Find(Hash(20))),
            () => Assert.True((table.Find(Hash(0)) ?? states[0]) == states[0]));

        Assert.Equal(21, table.All().Count());
    });

    [Fact]
    public void Clearing_takes_all_at_once() => All("clearing against look-up", () =>
    {
        var table = new EntryTable();
        var states = Fill(table);

        AtOnce(
            () =>
            {
                table.Clear();
                table.Add(State(1));
            },
            () =>
            {
                if (table.Find(Hash(0)) is null)
                {
                    Assert.NotSame(states[1], table.Find(Hash(1)));
                }
            });

        Assert.Equal([false, true, false, false], states.Select((_, i) => table.Find(Hash(i)) is not null));
    });

    private static CachedSignature[] Fill(EntryTable table)
    {
        CachedSignature[] states = [State(0), State(1), State(2), State(3)];
        Array.ForEach(states, table.Add);
        return states;
    }

    private static ulong Hash(int number) => (63UL << 32) | ((ulong)(uint)number << 1) | 1;

    private static CachedSignature State(int number) => new(
        new SignatureKey("conversation", "model", "", Hash(number)), default, PackedSignature.Pack("text"u8), LookupCell.Create(), 0, long.MaxValue, long.MaxValue);
}
