using System.Globalization;
using FastSignatureCache.Http.Tests.Properties.Identity;
using FsCheck;
using FsCheck.Fluent;

namespace FastSignatureCache.Http.Tests.Properties;

public sealed class IdentityProperties(ITestOutputHelper output)
{
    private const int InShort = 5_000;

    [Fact]
    public void No_history_ever_gets_a_signature_that_is_not_its_own()
    {
        int histories = Environment.GetEnvironmentVariable("FSC_IDENTITY_HISTORIES") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : InShort;
        int played = 0;
        long restored = 0;
        long missing = 0;
        long alike = 0;
        Prop.ForAll<GeneratedWorld>(generated =>
        {
            using var world = new World(generated);
            world.Play();
            if (world.Judge.Fault is { } fault)
            {
                throw new InvalidOperationException(fault + "\n" + string.Join('\n', world.Log));
            }

            played++;
            restored += world.Judge.Restored;
            missing += world.Judge.NotRestored;
            alike += world.Judge.Alike;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(histories).WithEndSize(40));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"identity: {played} histories, {restored} restored, {missing} not restored, 0 wrong, {alike} alike"));
    }
}
