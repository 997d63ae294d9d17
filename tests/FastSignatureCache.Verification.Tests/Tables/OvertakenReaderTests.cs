using FastSignatureCache.Metrics;
using FastSignatureCache.Packing;
using FastSignatureCache.Tables;
using FastSignatureCache.Verification.Histories;
using FastSignatureCache.Verification.Support;

namespace FastSignatureCache.Verification.Tables;

/// <summary>
/// Readers that removals overtake: a writer adds and removes keys among others that stay, all of them with the same few homes, so that
/// what stays is moved all the time.
/// </summary>
public class OvertakenReaderTests
{
    private const int Readers = 2;
    private const int Rounds = 40;
    private const int StepsOfRound = 50_000;

    [Fact]
    public void What_stays_is_always_found_and_what_goes_is_never_taken_for_another()
    {
        var budget = new Budget(Checks.InThisProject);
        using var gang = new Gang(Readers + 1);
        var (seed, lookups) = (0, 0L);
        while (budget.HasMore())
        {
            seed++;
            lookups += Run(gang, seed);
        }

        budget.Print($"overtaken readers: {seed * Rounds} rounds, {lookups} look-ups");
    }

    private static long Run(Gang gang, int seed)
    {
        var table = new EntryTable();
        var staying = Enumerable.Range(0, 6).Select(i => State(i % 3, 2 * i)).ToArray();
        var passing = Enumerable.Range(0, 6).Select(i => State(i % 3, (2 * i) + 1)).ToArray();
        Array.ForEach(staying, table.Add);
        var random = new Random(seed);
        var (written, lookups) = (0, 0L);

        gang.Run(Readers + 1, Rounds, (thread, round) =>
        {
            if (thread == 0)
            {
                try
                {
                    Churn(table, passing, random);
                }
                finally
                {
                    Volatile.Write(ref written, round + 1);
                }

                return;
            }

            do
            {
                // No assertion in the loop: the time should go into look-ups.
                if (!Array.TrueForAll(staying, state => ReferenceEquals(table.Find(HashOf(state)), state))
                    || !Array.TrueForAll(passing, state => (table.Find(HashOf(state)) ?? state) == state))
                {
                    Assert.Fail("A key that stays was missed, or one was taken for another.");
                }

                Interlocked.Add(ref lookups, staying.Length + passing.Length);
            }
            while (Volatile.Read(ref written) <= round);
        });

        Assert.All(staying, state => Assert.Same(state, table.Find(HashOf(state))));
        Assert.Equal(table.Count, table.All().Count());
        return lookups;
    }

    private static void Churn(EntryTable table, CachedSignature[] passing, Random random)
    {
        for (var step = 0; step < StepsOfRound; step++)
        {
            var state = passing[random.Next(passing.Length)];
            if (table.Find(HashOf(state)) is null)
            {
                table.Add(state);
            }
            else
            {
                table.Remove(HashOf(state));
            }
        }
    }

    private static ulong HashOf(CachedSignature state) => state.Key.Hash;

    // Around the end of the smallest array.
    private static CachedSignature State(int home, int number)
    {
        var hash = ((ulong)(uint)(62 + home) << 32) | ((ulong)(uint)number << 1) | 1;
        return new(new SignatureKey("conversation", "model", "", hash), default, PackedSignature.Pack("text"u8), LookupCell.Create(), 0, long.MaxValue, long.MaxValue);
    }
}
