using FastSignatureCache.Gateway.Storage;
using FastSignatureCache.Gateway.Tests.Support;
using Microsoft.Extensions.Logging.Testing;

namespace FastSignatureCache.Gateway.Tests.Storage;

public sealed class SecretFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeLogger _log = new();

    private string File => _folder[SecretFile.Name];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_secret_is_made_once_and_found_again()
    {
        var made = await ReadAsync();

        Assert.Equal(32, Convert.FromBase64String(made).Length);
        Assert.Equal(made, await ReadAsync());
        Assert.Equal(0, _log.Collector.Count);
    }

    [Fact]
    public async Task Two_folders_have_two_secrets()
    {
        using var other = new TemporaryFolder();
        Assert.NotEqual(await ReadAsync(), await new SecretFile(other.Path, TimeProvider.System, _log).ReadOrCreateAsync(Ended));
    }

    [Fact]
    public async Task It_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await ReadAsync();
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            Assert.Equal(OwnerOnly, System.IO.File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task One_that_others_could_read_is_closed_to_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var made = await ReadAsync();
        System.IO.File.SetUnixFileMode(File, (UnixFileMode)0b110_110_100);

        Assert.Equal(made, await ReadAsync());
        Assert.Equal(OwnerOnly, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task One_made_with_openssl_will_do()
    {
        var own = Convert.ToBase64String(new byte[32]);
        await System.IO.File.WriteAllTextAsync(File, own + "\n", Ended);

        Assert.Equal(own, await ReadAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    public async Task All_who_start_at_the_same_moment_get_the_same(string? damaged)
    {
        for (var round = 0; round < 20; round++)
        {
            System.IO.File.Delete(File);
            if (damaged is not null)
            {
                await System.IO.File.WriteAllTextAsync(File, damaged, Ended);
            }

            var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(ReadAsync)));

            Assert.Single(secrets.Distinct());
            Assert.Equal(secrets[0], await ReadAsync());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("not base64 at all, and of some length besides")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task A_damaged_one_is_set_aside_and_said_so(string damaged)
    {
        await System.IO.File.WriteAllTextAsync(File, damaged, Ended);

        var made = await ReadAsync();

        var aside = Assert.Single(Directory.GetFiles(_folder.Path, SecretFile.Name + ".damaged-*"));
        Assert.Equal(damaged, await System.IO.File.ReadAllTextAsync(aside, Ended));
        Assert.Equal(made, await ReadAsync());
        var message = Assert.Single(_log.Collector.GetSnapshot()).Message;
        Assert.Contains(aside, message, StringComparison.Ordinal);
        Assert.Contains("put it back", message, StringComparison.Ordinal);
        Assert.DoesNotContain(made, message, StringComparison.Ordinal);
    }

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private Task<string> ReadAsync() => new SecretFile(_folder.Path, TimeProvider.System, _log).ReadOrCreateAsync(Ended);
}
