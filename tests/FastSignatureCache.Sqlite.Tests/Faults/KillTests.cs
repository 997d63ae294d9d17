using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FastSignatureCache.Sqlite.Tests.Support;

namespace FastSignatureCache.Sqlite.Tests.Faults;

/// <summary>A process that is killed at any moment. What it said is put must be there.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 20;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_put_survives_a_kill()
    {
        HashSet<int> put = [];
        for (var seed = 0; seed < Kills; seed++)
        {
            using var child = new ChildProcess("put", _folder.Database, from: seed * 1_000_000);
            for (var lines = new Random(seed).Next(1, 1_000); lines > 0; lines--)
            {
                put.Add(int.Parse((await child.ReadLineAsync())!, CultureInfo.InvariantCulture));
            }

            // The last line may have been cut off: it is complete only with its end.
            var rest = (await child.KillAsync()).Split('\n');
            put.UnionWith(rest.SkipLast(1).Select(line => int.Parse(line, CultureInfo.InvariantCulture)));
        }

        await using var store = TestStores.Open(_folder.Database);
        var found = (await store.GetAsync("child")).ToDictionary(
            signature => int.Parse(signature.Key.PartId, CultureInfo.InvariantCulture), signature => signature.Payload.ToArray());
        Assert.All(put, number => Assert.Equal(
            SHA256.HashData(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture))), found.GetValueOrDefault(number)));
        Assert.InRange(found.Count - put.Count, 0, Kills * 4);
        Assert.Empty(_folder.SetAside);
        TestContext.Current.TestOutputHelper!.WriteLine($"Measured: {Kills} kills, {put.Count} puts that were said to be safe, none lost");
    }
}
