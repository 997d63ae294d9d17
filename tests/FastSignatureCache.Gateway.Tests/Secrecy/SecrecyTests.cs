using System.Net;
using System.Text;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>Whatever happens, and wherever an operator looks, no signature and no credential is to be seen.</summary>
/// <remarks>Alone: who listens to all activities of the process would have other tests' requests make some.</remarks>
[Collection(nameof(SecrecyTests))]
[CollectionDefinition(nameof(SecrecyTests), DisableParallelization = true)]
public sealed class SecrecyTests : IAsyncLifetime
{
    private const string Native = "v1beta/models/gemini-3-pro-preview:generateContent";
    private const string Chat = "v1beta/openai/chat/completions";

    private const string Question = """
        {"model":"gemini-3-pro-preview","messages":[{"role":"user","content":"hi"}],"contents":[{"role":"user","parts":[{"text":"hi"}]}]}
        """;

    private static readonly string[] NotUnderstood =
    [
        Planted.Signature,
        "{\"contents\":t" + Planted.Signature,
        "{\"contents\":nul" + Planted.Signature,
        "{\"contents\":-" + Planted.Signature,
        "{\"contents\":\"" + Planted.Signature + "\"}",
        "{\"" + Planted.Signature + "\\ud800\":1,\"model\":\"gemini-3-pro-preview\"}",
        "{\"thoughtSignature\":\"" + Planted.Signature + "\\x\"}",
    ];

    private UpstreamEmulator _upstream = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _upstream = await UpstreamEmulator.StartAsync(new EmulatorOptions { RecordRequests = true, MaxSignatureLength = 400 }, Ended);

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_answered_conversations(bool isStored)
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await WatchedGateway.StartAsync(
            _upstream.BaseAddress, options => options.Store.Data = isStored ? folder.Path : StoreOptions.None);
        var issued = await gateway.Callers.TalkAsync();

        // What is searched for has been there: the upstream got each key where the client had it, and the signatures from the cache.
        var requests = _upstream.GetRecordedRequests();
        Assert.Contains(requests, static request => request.Headers.GetValueOrDefault("Authorization") == "Bearer " + Planted.KeyAt(KeyPlace.Bearer));
        Assert.Contains(requests, static request => request.Headers.GetValueOrDefault("x-goog-api-key") == Planted.KeyAt(KeyPlace.GoogleHeader));
        var query = "key=" + Uri.EscapeDataString(Planted.KeyAt(KeyPlace.Query));
        Assert.Contains(requests, request => request.PathAndQuery.Contains(query, StringComparison.Ordinal));
        var kept = Kept(gateway.Cache);
        Assert.True(issued.IsSupersetOf(kept) && kept.Count > 50, $"{kept.Count} of {issued.Count}");
        Assert.Subset(issued, requests.SelectMany(request => Planted.SignaturesIn(Encoding.UTF8.GetString(request.Body.Span))).ToHashSet());
        Assert.Equal(0, _upstream.GetStatistics().Refused);
        await gateway.AssertNothingIsShownAsync();
    }

    [Fact]
    public async Task Of_conversations_that_are_refused_cut_off_given_up_or_damaged()
    {
        await using var gateway = await WatchedGateway.StartAsync(_upstream.BaseAddress);
        await gateway.Callers.TalkAsync();
        await gateway.Callers.FailAsync();
        gateway.Cache.ReportCorrupted(gateway.Cache.List(new SignatureEntryQuery()).Entries[0].Key);
        gateway.Secrets.Add("a signature in a body that is not understood", Planted.Signature);
        foreach (var body in NotUnderstood)
        {
            await gateway.Callers.PostAsync(Native, body);
            await gateway.Callers.PostAsync(Chat, body);
        }

        var statistics = _upstream.GetStatistics();
        Assert.All(
            [statistics.RefusedMissing, statistics.RefusedCorrupted, statistics.RefusedOther, statistics.Faulted],
            static count => Assert.NotEqual(0, count));
        await gateway.AssertNothingIsShownAsync();
    }

    /// <summary>What an HTTP client complains of, it quotes.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + Planted.Signature + "\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{\"thoughtSignature\":\"" + Planted.Signature)]
    [InlineData("HTTP/1.1 200 OK\r\nX-Signature " + Planted.Signature + "\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: " + Planted.Signature + "\r\n\r\n")]
    [InlineData("data: {\"thoughtSignature\":\"" + Planted.Signature + "\"}\r\n\r\n")]
    public async Task Of_an_upstream_that_does_not_speak_HTTP(string answer)
    {
        await using var broken = new RawUpstream(answer);
        await using var gateway = await WatchedGateway.StartAsync(broken.BaseAddress);
        gateway.Secrets.Add("what the upstream said", Planted.Signature);

        await gateway.Callers.PostAsync(Native, Question);
        await gateway.Callers.PostAsync(Chat, Question);

        Assert.Equal(2 * Enum.GetValues<KeyPlace>().Length, broken.Answered);
        await gateway.AssertNothingIsShownAsync();
    }

    [Fact]
    public async Task Of_signatures_that_are_none_or_too_large()
    {
        var large = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(static i => $"planted {i}"))));
        foreach (var signature in (string[])[Planted.Signature + "!", large])
        {
            var parts = new[] { new { functionCall = new { name = "f" }, thoughtSignature = signature } };
            var answer = new { candidates = new[] { new { content = new { parts }, finishReason = "STOP" } } };
            await using var upstream = await StubUpstream.StartAsync(context => context.Response.WriteAsJsonAsync(answer));
            await using var gateway = await WatchedGateway.StartAsync(upstream.BaseAddress, static options => options.Cache.MaxSignatureLength = 200);
            gateway.Secrets.Add("a signature that is not kept", signature);

            await gateway.Callers.PostAsync(Native, Question);

            var metrics = gateway.Cache.GetMetrics();
            Assert.NotEqual(0, metrics.RefusedFormats + metrics.RefusedSizes);
            await gateway.AssertNothingIsShownAsync();
        }
    }

    [Fact]
    public async Task Of_an_upstream_that_is_away()
    {
        using var away = new ClosedPort();
        await using var gateway = await WatchedGateway.StartAsync(away.Address);

        foreach (var path in (string[])[Native, Chat, "v1/messages", "anything/else"])
        {
            Assert.All(await gateway.Callers.PostAsync(path, Question), static status => Assert.Equal(HttpStatusCode.BadGateway, status));
        }

        await gateway.AssertNothingIsShownAsync();
    }

    [Fact]
    public async Task Of_an_upstream_that_stays_silent()
    {
        await using var upstream = await StubUpstream.StartAsync(static context => Task.Delay(Timeout.Infinite, context.RequestAborted)
            .ContinueWith(static _ => { }, TaskScheduler.Default));
        await using var gateway = await WatchedGateway.StartAsync(
            upstream.BaseAddress, static options => options.ActivityTimeout = TimeSpan.FromSeconds(1));

        Assert.All(await gateway.Callers.PostAsync(Native, Question), static status => Assert.Equal(HttpStatusCode.GatewayTimeout, status));

        await gateway.AssertNothingIsShownAsync();
    }

    [Fact]
    public async Task Of_a_store_that_fails()
    {
        const string Password = "pl4nted-passw0rd-of-the-store";
        await using var gateway = await WatchedGateway.StartAsync(_upstream.BaseAddress, static options =>
        {
            options.Store.Data = null;
            options.Store.Redis = $"127.0.0.1:1,user=fsc,password={Password}";
        });
        gateway.Secrets.Add("the store's password", Password);

        await gateway.Callers.TalkAsync();

        Assert.True(gateway.Cache.GetMetrics().IsStoreDegraded);
        await gateway.AssertNothingIsShownAsync();
    }

    [Fact]
    public async Task Of_a_file_of_another_program()
    {
        using var folder = new TemporaryFolder();
        await using (var other = new SqliteConnection($"Data Source={folder["signatures.db"]};Pooling=False"))
        {
            await other.OpenAsync(Ended);
            await using var command = other.CreateCommand();
            command.CommandText = "PRAGMA application_id = 7; CREATE TABLE notes (text TEXT)";
            await command.ExecuteNonQueryAsync(Ended);
        }

        await using var gateway = await WatchedGateway.StartAsync(_upstream.BaseAddress, options => options.Store.Data = folder.Path);

        await gateway.Callers.TalkAsync();

        Assert.True(gateway.Cache.GetMetrics().IsStoreDegraded);
        await gateway.AssertNothingIsShownAsync();
    }

    [Fact]
    public async Task Of_bad_requests()
    {
        await using var gateway = await WatchedGateway.StartAsync(_upstream.BaseAddress);
        gateway.Secrets.Add("a signature that somebody searches for", Planted.Signature);
        gateway.Secrets.Add("a provider's key", Planted.ProviderKey);
        var callers = gateway.Callers;
        var view = gateway.Operator;
        foreach (var secret in (string[])[Planted.Signature, Planted.ProviderKey, WatchedGateway.AdminKey])
        {
            var text = Uri.EscapeDataString(secret);
            Assert.Equal(HttpStatusCode.BadRequest, await view.TryAsync(new(HttpMethod.Get, "signature-cache/api/entries?limit=" + text)));
            Assert.Equal(HttpStatusCode.BadRequest, await view.TryAsync(new(HttpMethod.Get, "signature-cache/api/entries?cursor=" + text)));
            Assert.Equal(HttpStatusCode.OK, await view.TryAsync(new(HttpMethod.Get, $"signature-cache/api/entries?conversation={text}&model={text}")));
            Assert.Equal(HttpStatusCode.NotFound, await view.TryAsync(new(HttpMethod.Delete, "signature-cache/api/entries/unknown?key=" + text)));
            Assert.Equal(HttpStatusCode.NotFound, await view.TryAsync(new(HttpMethod.Put, "signature-cache/api/metrics?key=" + text)));
            Assert.Equal(HttpStatusCode.Unauthorized, await view.TryAsync(From("example.org", "Bearer wrong" + secret)));
            Assert.Equal(HttpStatusCode.Unauthorized, await view.TryAsync(From("example.org", Basic("wrong" + secret))));
            Assert.Equal(HttpStatusCode.Unauthorized, await view.TryAsync(From("example.org", "Digest " + secret)));
            using var foreign = From("127.0.0.1", "Bearer " + secret, HttpMethod.Post);
            foreign.Headers.Add("Origin", "https://example.org");
            Assert.Equal(HttpStatusCode.Forbidden, await view.TryAsync(foreign));
            await callers.SendRawAsync($"GET /v1beta/models?key={text} HTTP/9.9\r\n\r\n");
            await callers.SendRawAsync($"GET /v1beta/models?key={secret} HTTP/1.1\r\n\r\n");
            await callers.SendRawAsync($"GET /?key={text} HTTP/1.1\r\nHost: x\r\nAuthorization Bearer {secret}\r\n\r\n");
            await callers.SendRawAsync($"GET /?key={text} HTTP/1.1\r\nHost: x\r\nContent-Length: {secret}\r\n\r\n");
            await callers.SendRawAsync($"{secret}\r\n\r\n");
        }

        Assert.Equal(HttpStatusCode.OK, await view.TryAsync(From("example.org", Basic(WatchedGateway.AdminKey))));
        await gateway.AssertNothingIsShownAsync();

        static string Basic(string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("operator:" + password));
    }

    /// <summary>The program's own console, which has rules of its own in the settings.</summary>
    [Fact]
    public async Task Of_the_program_on_its_console()
    {
        await using var program = GatewayProcess.Start(
            ["--urls", "http://127.0.0.1:0", "--upstream", _upstream.BaseAddress.AbsoluteUri],
            ("Gateway__Restoration__Secret", WatchedGateway.Secret),
            ("Gateway__Dashboard__AdminKey", WatchedGateway.AdminKey),
            ("Logging__Console__FormatterOptions__IncludeScopes", "true"),
            ("Logging__Console__LogLevel__Default", "Trace"),
            ("Logging__Console__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics*", "Trace"),
            ("Logging__Console__LogLevel__Yarp.ReverseProxy.Forwarder.HttpForwarder*", "Trace"));
        var (secrets, seen) = (new SecretSearch(), new Observations());
        var callers = new Callers(await program.WaitUntilListeningAsync(), secrets, seen);
        secrets.Add("the admin key", WatchedGateway.AdminKey);
        secrets.Add("the restoration secret", WatchedGateway.Secret);
        secrets.Add("a signature in a body that is not understood", Planted.Signature);

        await callers.TalkAsync();
        await callers.FailAsync();
        await callers.PostAsync(Native, NotUnderstood[1]);
        await callers.SendRawAsync($"GET /v1beta/models?key={Uri.EscapeDataString(Planted.KeyAt(KeyPlace.Query))} HTTP/9.9\r\n\r\n");
        await program.TerminateAsync();
        var (_, output, error) = await program.WaitAsync();

        Assert.Contains("is not understood", output, StringComparison.Ordinal);
        Assert.Contains("=> RequestPath:/v1beta", output, StringComparison.Ordinal);
        seen.Add("the console", output + error);
        Assert.Empty(seen.Find(secrets));
    }

    private static HttpRequestMessage From(string host, string authorization, HttpMethod? method = null)
    {
        var path = method == HttpMethod.Post ? "signature-cache/api/clear" : "signature-cache/api/metrics";
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Headers = { Host = host } };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    private static HashSet<string> Kept(ISignatureCache cache) =>
        cache.List(new SignatureEntryQuery { Limit = 1_000 }).Entries.Select(static entry => entry.Signature).ToHashSet();
}
