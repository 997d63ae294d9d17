using FastSignatureCache.Candidates;
using FastSignatureCache.Metrics;
using FastSignatureCache.Packing;
using FastSignatureCache.Tables;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FastSignatureCache.Tests.Tables;

public class EntryTableTests
{
    // Few homes, at the end of the smallest array and at its beginning: everything gets in everything's way, and around the end.
    private static readonly int[] Homes = [60, 62, 63, 0, 1, 3];

    private enum Kind
    {
        Put,
        Remove,
        Clear,
    }

    [Property(MaxTest = 500)]
    public Property Behaves_as_a_dictionary() => Prop.ForAll(
        Arb.From(Step().ListOf()),
        steps =>
        {
            var table = new EntryTable();
            var expected = new Dictionary<ulong, object>();
            foreach (var (kind, hash) in steps)
            {
                Apply(kind, hash, table, expected);
                Assert.Equal(expected.Count, table.Count);
                Assert.Equal(expected.Values.ToHashSet(), table.All().ToHashSet());
                Assert.All(AllHashes(), candidate => Assert.Same(expected.GetValueOrDefault(candidate), table.Find(candidate)));
            }
        });

    [Fact]
    public void Grows_and_keeps_everything()
    {
        var table = new EntryTable();
        var states = Enumerable.Range(0, 5_000).Select(object (i) => State(((ulong)i * 0x9E3779B97F4A7C15) | 1)).ToList();

        states.ForEach(state =>
        {
            table.Reserve();
            table.Add(state);
        });

        Assert.All(states, state => Assert.Same(state, table.Find(KeyState.HashOf(state))));
        Assert.Equal(states.ToHashSet(), table.All().ToHashSet());
    }

    [Fact]
    public void A_glance_finds_what_is_in_its_first_bucket_alone()
    {
        var table = new EntryTable();
        var (first, second) = (State(Hash(7, 0)), State(Hash(7, 1)));
        table.Add(first);
        table.Add(second);

        Assert.Same(first, table.Glance(Hash(7, 0)));
        Assert.Null(table.Glance(Hash(7, 1)));
        Assert.Same(second, table.Find(Hash(7, 1)));

        table.Remove(Hash(7, 0));
        Assert.Same(second, table.Glance(Hash(7, 1)));
    }

    private static ulong Hash(int home, int number) => ((ulong)(uint)home << 32) | ((ulong)(uint)number << 1) | 1;

    private static CachedSignature State(ulong hash) =>
        new(new SignatureKey("conversation", "model", "", hash), default, PackedSignature.Pack("text"u8), LookupCell.Create(), 0, long.MaxValue, long.MaxValue);

    private static void Apply(Kind kind, ulong hash, EntryTable table, Dictionary<ulong, object> expected)
    {
        if (kind == Kind.Clear)
        {
            table.Clear();
            expected.Clear();
        }
        else if (kind == Kind.Put)
        {
            var state = State(hash);
            table.Reserve();
            Action<object> put = expected.ContainsKey(hash) ? table.Replace : table.Add;
            put(state);
            expected[hash] = state;
        }
        else if (expected.Remove(hash))
        {
            table.Remove(hash);
        }
    }

    private static IEnumerable<ulong> AllHashes() => Homes.SelectMany(home => Enumerable.Range(0, 5).Select(number => Hash(home, number)));

    private static Gen<(Kind Kind, ulong Hash)> Step() =>
        from kind in Gen.Frequency((10, Gen.Constant(Kind.Put)), (6, Gen.Constant(Kind.Remove)), (1, Gen.Constant(Kind.Clear)))
        from hash in Gen.Elements(AllHashes())
        select (kind, hash);
}
