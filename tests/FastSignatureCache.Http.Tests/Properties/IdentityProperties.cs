using System.Globalization;
using FastSignatureCache.Http.Tests.Properties.Identity;
using FsCheck;
using FsCheck.Fluent;

namespace FastSignatureCache.Http.Tests.Properties;

/// <summary>
/// Worlds in which clients drop their signatures while their conversations are forked, merged, compacted, edited and played twice. With
/// FSC_IDENTITY_HISTORIES in the environment there are that many of them.
/// </summary>
public sealed class IdentityProperties(ITestOutputHelper output)
{
    private const int InShort = 5_000;

    // FsCheck itself would make most worlds of a single operation; its shrinker is as good for longer ones.
    private static readonly Arbitrary<GeneratedWorld> Worlds = Arb.From(
        Gen.Choose(int.MinValue, int.MaxValue).Select(GeneratedWorld.Make), ArbMap.Default.ArbFor<GeneratedWorld>().Shrinker);

    [Fact]
    public void No_history_ever_gets_a_signature_that_is_not_its_own()
    {
        int histories = Environment.GetEnvironmentVariable("FSC_IDENTITY_HISTORIES") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : InShort;
        var total = new Totals();
        Prop.ForAll(Worlds, generated =>
        {
            using var world = new World(generated);
            world.Play();
            total.Add(world.Judge);
            return world.Judge.Fault is { } fault ? false.Label($"{fault}\n{string.Join('\n', world.Log)}") : true.ToProperty();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(histories));

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"identity: {total.Histories} histories, {total.Restored} restored, {total.NotRestored} not restored, 0 wrong"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"taken for another where its own was out of reach: {total.Alike} alike in every word, {total.AlikeInTurn} in the turn"));
        // A world in which nothing came back would have nothing wrong either.
        Assert.True(total.Restored > total.NotRestored / 2, $"{total.Restored} of {total.NotRestored} came back.");
    }

    private sealed class Totals
    {
        public int Histories { get; private set; }

        public long Restored { get; private set; }

        public long NotRestored { get; private set; }

        public long Alike { get; private set; }

        public long AlikeInTurn { get; private set; }

        public void Add(Judge judge)
        {
            Histories++;
            Restored += judge.Restored;
            NotRestored += judge.NotRestored;
            Alike += judge.Alike;
            AlikeInTurn += judge.AlikeInTurn;
        }
    }
}
