using System.Text;
using System.Text.RegularExpressions;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Support;
using FastSignatureCache.Redis.Tests.Support;
using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Gateway.Tests.Storage;

public sealed partial class RedisStartTests : IAsyncLifetime
{
    private const string Secret = "planted-secret-of-all";
    private const string Password = "planted-password";

    private readonly StoredConversation _conversation = new();
    private UpstreamEmulator _upstream = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _upstream = await UpstreamEmulator.StartAsync(new EmulatorOptions { RecordRequests = true }, Ended);

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        _conversation.Dispose();
    }

    [Fact]
    public async Task A_conversation_may_move_between_gateways_at_each_request_and_one_may_have_just_started()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var one = await StartAsync(redis.Endpoint);

        while (!_conversation.IsOver)
        {
            await using var other = await StartAsync(redis.Endpoint);
            await _conversation.StepAsync(other.BaseAddress);
            await _conversation.StepAsync(one.BaseAddress);
            Assert.Equal((false, 0), (other.Cache.GetMetrics().IsStoreDegraded, other.Cache.GetMetrics().StoreFailures));
        }

        Assert.Empty(_conversation.Refusals);
        Assert.Equal((false, 0), (one.Cache.GetMetrics().IsStoreDegraded, one.Cache.GetMetrics().StoreFailures));
    }

    [Fact]
    public async Task A_redis_that_is_not_there_is_told_of_once_and_used_when_it_is()
    {
        var port = RedisProcess.FreePort();
        await using var gateway = await StartAsync($"127.0.0.1:{port}");
        await _conversation.StepAsync(gateway.BaseAddress);
        await _conversation.StepAsync(gateway.BaseAddress);
        while (!gateway.Cache.GetMetrics().IsStoreDegraded)
        {
            await Task.Delay(20, Ended);
        }

        await using var redis = await RedisProcess.StartAsync(port, []);
        while (gateway.Cache.GetMetrics().IsStoreDegraded)
        {
            await Task.Delay(20, Ended);
        }

        await using var other = await StartAsync(redis.Endpoint);
        while (!_conversation.IsOver)
        {
            await _conversation.StepAsync(other.BaseAddress);
        }

        Assert.Empty(_conversation.Refusals);
        var warnings = gateway.Log.GetSnapshot().Where(record => record.Level >= LogLevel.Warning).Select(record => record.Message).ToList();
        Assert.NotEmpty(warnings);
        Assert.Equal(warnings.Count, warnings.Select(warning => warning.Split('.')[0]).Distinct().Count());
        Assert.All(warnings, warning => Assert.Contains("the signature store failed", warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Password)]
    [InlineData("planted-wrong-password")]
    public async Task No_log_level_makes_it_write_a_password_a_secret_or_a_signature(string password)
    {
        await using var redis = await RedisProcess.StartAsync("--requirepass", Password);
        await using var gateway = GatewayProcess.Start(
            ["--urls", "http://127.0.0.1:0", "--upstream", _upstream.BaseAddress.AbsoluteUri],
            ("Gateway__Store__Data", null),
            ("Gateway__Store__Redis", $"{redis.Endpoint},password={password}"),
            ("Gateway__Restoration__Secret", Secret),
            ("Logging__LogLevel__Default", "Trace"),
            ("Logging__Console__LogLevel__Default", "Trace"));
        var address = await gateway.WaitUntilListeningAsync();
        while (!_conversation.IsOver)
        {
            await _conversation.StepAsync(address);
        }

        await gateway.TerminateAsync();
        var (exitCode, output, error) = await gateway.WaitAsync();

        Assert.Empty(_conversation.Refusals);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains($"  stored in    Redis at {redis.Endpoint}, written through", output, StringComparison.Ordinal);
        Assert.Equal(password != Password, output.Contains("Verify if the Redis password provided is correct", StringComparison.Ordinal));
        Assert.DoesNotContain("planted", output, StringComparison.Ordinal);
        var signatures = _upstream.GetRecordedRequests()
            .SelectMany(request => Signature().Matches(Encoding.UTF8.GetString(request.Body.Span)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.NotEmpty(signatures);
        Assert.All(signatures, signature => Assert.DoesNotContain(signature, output, StringComparison.Ordinal));
    }

    [GeneratedRegex("""[sS]ignature":"([^"]+)""")]
    private static partial Regex Signature();

    // Generous: this is about what is found, on a machine that may be busy with other things.
    private Task<RunningGateway> StartAsync(string redis) => RunningGateway.StartAsync(_upstream.BaseAddress, options =>
    {
        options.Store.Redis = redis;
        options.Store.Timeout = TimeSpan.FromSeconds(20);
        options.Restoration.Secret = Secret;
    });
}
