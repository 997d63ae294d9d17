using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FastSignatureCache.Redis.Tests.Support;
using StackExchange.Redis;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Redis.Tests.Connections;

public sealed class LoginTests
{
    private const string Password = "p%s,w=rd";

    // As the options' documentation has them.
    private static readonly string[] Commands =
    [
        "hello", "auth", "ping", "echo", "info", "client", "cluster", "config|get",
        "eval", "evalsha", "script|load", "hset", "hget", "hgetall", "hkeys", "hdel", "hrandfield", "pexpiretime", "pexpireat",
        "zadd", "zrange", "zrem", "zrevrangebyscore", "scan", "unlink", "spublish", "ssubscribe", "sunsubscribe", "subscribe",
    ];

    [Fact]
    public async Task A_user_needs_no_more_rights_than_documented()
    {
        await using var server = await RedisProcess.StartAsync(
            [
                "--user", "default", "off",
                "--user", "gateway", "on", ">" + Password, "resetkeys", "~fsc:*", "resetchannels", "&fsc:*", "-@all",
                .. Commands.Select(command => "+" + command),
            ]);
        await using var store = Open($"redis://gateway:{Uri.EscapeDataString(Password)}@{server.Endpoint}");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestStores.Ended);
        var notices = store.WatchRemovalsAsync(ending.Token).GetAsyncEnumerator(ending.Token);
        var listening = notices.MoveNextAsync().AsTask();

        await store.PutAsync(Numbered(1), Numbered(2));
        await store.RemoveAsync([Numbered(1).Key], TestStores.Ended);
        AssertSame([Numbered(2)], await store.GetNewestAsync());
        await store.ClearAsync(TestStores.Ended);

        Assert.Empty(await store.GetAsync("conversation"));
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }

    [Fact]
    public async Task A_wrong_password_is_told_by_every_call_and_never_repeated()
    {
        await using var server = await RedisProcess.StartAsync("--requirepass", "right");
        await using var store = new RedisSignatureStore(new() { ConnectionString = server.Endpoint + ",password=wr0ng" });

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => store.GetAsync("conversation"));

        Assert.DoesNotContain("wr0ng", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("conversation", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_is_checked_and_its_issuer_can_be_trusted()
    {
        var folder = Directory.CreateTempSubdirectory("fsc-tls-");
        using var issuer = Issuer();
        var (certificate, key) = WriteCertificate(folder.FullName, issuer);
        await using var server = await RedisProcess.StartTlsAsync(certificate, key);
        var url = $"rediss://localhost:{server.Port}";
        await using var wary = Open(url);
        await using var trusting = Open(url, options => options.TrustIssuer(issuer));

        await trusting.PutAsync(Numbered(1));
        AssertSame([Numbered(1)], await trusting.GetAsync("conversation"));
        await Assert.ThrowsAnyAsync<RedisConnectionException>(() => wary.GetAsync("conversation"));
        folder.Delete(recursive: true);
    }

    private static RedisSignatureStore Open(string connectionString, Action<ConfigurationOptions>? configure = null) =>
        new(new() { ConnectionString = connectionString, ConfigureConnection = configure, OperationTimeout = TestStores.Patience });

    private static X509Certificate2 Issuer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test issuer", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(Yesterday, Yesterday.AddYears(1));
    }

    private static DateTimeOffset Yesterday => TimeProvider.System.GetUtcNow().AddDays(-1);

    private static (string Certificate, string Key) WriteCertificate(string folder, X509Certificate2 issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        using var certificate = request.Create(issuer, Yesterday, Yesterday.AddMonths(1), [1, 2, 3, 4]);
        var (certificatePath, keyPath) = (Path.Combine(folder, "server.crt"), Path.Combine(folder, "server.key"));
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return (certificatePath, keyPath);
    }
}
