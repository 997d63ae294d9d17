using System.Net;
using System.Net.Sockets;
using FastSignatureCache.Gateway.CommandLine;
using FastSignatureCache.Gateway.Tests.Support;

namespace FastSignatureCache.Gateway.Tests.CommandLine;

public class ProcessTests
{
    [Fact]
    public async Task Every_bad_option_is_named_on_stderr_and_the_exit_code_is_2()
    {
        var (exitCode, output, error) = await GatewayProcess.RunAsync(
            [
                "--bogus", "--capacity", "many", "--max-bytes", "1", "--upstream", "nowhere", "--activity-timeout", "10", "--data", "somewhere",
                "--redis", "redis.test,password=planted,pasword=planted", "--durability", "maybe", "--store-timeout", "1ms", "--max-store-bytes", "1KiB",
            ],
            ("Gateway__Restoration__Secret", "too short"),
            ("Gateway__Dashboard__AdminKey", "too short too"),
            ("Gateway__Cache__Capcity", "5"),
            ("Gateway__Cache__CleanupInterval", "1ms"));

        Assert.Equal(2, exitCode);
        Assert.Empty(output.Trim());
        Assert.Contains("'--bogus'", error, StringComparison.Ordinal);
        Assert.Contains("Cache:Capacity (--capacity) must be a whole number", error, StringComparison.Ordinal);
        Assert.Contains("MaxBytes must be at least", error, StringComparison.Ordinal);
        Assert.Contains("Upstream must be an absolute http or https URL", error, StringComparison.Ordinal);
        Assert.Contains("ActivityTimeout (--activity-timeout) must be a length of time", error, StringComparison.Ordinal);
        Assert.Contains("Secret", error, StringComparison.Ordinal);
        Assert.Contains("Dashboard: AdminKey must have at least 16 characters", error, StringComparison.Ordinal);
        Assert.Contains("Gateway:Cache:Capcity is not a setting", error, StringComparison.Ordinal);
        Assert.Contains("CleanupInterval", error, StringComparison.Ordinal);
        Assert.Contains("Store:Data and Store:Redis exclude each other", error, StringComparison.Ordinal);
        Assert.Contains("Store:Redis: ConnectionString must be", error, StringComparison.Ordinal);
        Assert.Contains("item 3 is not understood", error, StringComparison.Ordinal);
        Assert.Contains("Store:Durability (--durability) must be one of through, behind", error, StringComparison.Ordinal);
        Assert.Contains("Store:Timeout must be between", error, StringComparison.Ordinal);
        Assert.Contains("Store:MaxBytes must be at least 1,048,576", error, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("too short", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_the_products()
    {
        var (exitCode, output, error) = await GatewayProcess.RunAsync(["--version"]);
        Assert.Equal(0, exitCode);
        Assert.Equal(typeof(GatewayCommand).Assembly.GetName().Version!.ToString(3), output.Trim());
        Assert.Empty(error);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_exit_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, output, error) = await GatewayProcess.RunAsync(["--urls", $"http://{taken.LocalEndpoint}"]);

        Assert.Equal(1, exitCode);
        Assert.Empty(output.Trim());
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"Cannot listen on http://{taken.LocalEndpoint}: ", line, StringComparison.Ordinal);
        Assert.Contains("address already in use", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_where_it_listens_forwards_what_comes_and_stops_on_ctrl_c()
    {
        await using var upstream = await StubUpstream.StartAsync(_ => Task.CompletedTask);
        await using var gateway = GatewayProcess.Start(
            ["--urls", "http://127.0.0.1:0", "--upstream", upstream.BaseAddress.AbsoluteUri], ("Gateway__Cache__Capacity", "1234"));
        var address = await gateway.WaitUntilListeningAsync();
        using var client = new HttpClient { BaseAddress = address };

        using var answer = await client.GetAsync("anything", TestContext.Current.CancellationToken);
        await gateway.InterruptAsync();
        var (exitCode, output, error) = await gateway.WaitAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("/anything", Assert.Single(upstream.Requests).Target);
        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        Assert.Contains("1,234 entries in 256 MiB, each for 7 days", output, StringComparison.Ordinal);
        Assert.Contains(upstream.BaseAddress.AbsoluteUri, output, StringComparison.Ordinal);
        Assert.Contains($"dashboard    {address}signature-cache/", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_level_makes_it_write_a_credential()
    {
        const string Secret = "planted-credential";
        await using var upstream = await StubUpstream.StartAsync(_ => Task.CompletedTask);
        await using var gateway = GatewayProcess.Start(
            ["--urls", "http://127.0.0.1:0"],
            ("Gateway__Upstreams__Gemini", upstream.BaseAddress.AbsoluteUri),
            ("Gateway__Upstreams__Anthropic", "http://127.0.0.1:1"),
            ("Logging__LogLevel__Default", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"),
            ("Logging__Console__LogLevel__Default", "Trace"),
            ("Logging__Console__LogLevel__Yarp.ReverseProxy.Forwarder.HttpForwarder", "Trace"));
        using var client = new HttpClient { BaseAddress = await gateway.WaitUntilListeningAsync() };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {Secret}");
        client.DefaultRequestHeaders.Add("x-goog-api-key", Secret);

        foreach (var path in new[] { "v1beta/models/m:generateContent", "v1/messages", "nowhere" })
        {
            using var content = new StringContent("{\"contents\":[]}");
            using var answer = await client.PostAsync($"{path}?key={Secret}", content, TestContext.Current.CancellationToken);
        }

        await SendMalformedAsync(client.BaseAddress!, Secret);
        await gateway.InterruptAsync();
        var (_, output, error) = await gateway.WaitAsync();

        Assert.Contains("/v1/messages failed at 127.0.0.1:1", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_passes_in_a_process_of_its_own_and_is_plain_in_a_file()
    {
        var (exitCode, output, error) = await GatewayProcess.RunAsync(["demo"]);

        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        Assert.Contains("Conversations that pass: 0 straight, 49 through the gateway, of 49.", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', output);
    }

    private static async Task SendMalformedAsync(Uri address, string secret)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        var request = System.Text.Encoding.ASCII.GetBytes($"GET v1beta/x?key={secret} HTTP/1.1\r\nHost: x\r\n\r\n");
        await stream.WriteAsync(request, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.Contains("400", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
