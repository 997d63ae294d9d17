using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using FastSignatureCache.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FastSignatureCache.AspNetCore.Tests.Access;

public class AccessTests
{
    public static readonly TheoryData<string> Paths =
        ["/", "/main.js", "/api/metrics", "/api/metrics/stream", "/api/entries", "/api/openapi.json", "/nothing"];

    [Theory]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("127.8.8.8", "127.0.0.1:8787", true)]
    [InlineData("::1", "[::1]:8787", true)]
    [InlineData("::ffff:127.0.0.1", "LOCALHOST:1", true)]
    [InlineData("192.0.2.1", "localhost", false)]
    [InlineData("::ffff:192.0.2.1", "localhost", false)]
    [InlineData(null, "localhost", false)]
    // Somebody's DNS says that these are this machine.
    [InlineData("127.0.0.1", "rebound.example", false)]
    [InlineData("127.0.0.1", "localhost.example", false)]
    [InlineData("127.0.0.1", "127.0.0.1.example:8787", false)]
    public async Task Only_this_machine_is_let_in(string? from, string host, bool isLetIn)
    {
        await using var application = await TestHost.StartAsync(from);
        using var response = await application.GetAsync("/api/metrics", ("Host", host));
        Assert.Equal(isLetIn ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Real-IP", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task What_a_proxy_on_this_machine_forwards_is_not_of_this_machine(string header, string value)
    {
        await using var application = await TestHost.StartAsync();
        using var response = await application.GetAsync("/api/metrics", (header, value));
        Assert.Contains("Only requests of this machine", await TestHost.DetailOfAsync(response, HttpStatusCode.Forbidden), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Nothing_is_shown_to_others(string path)
    {
        await using var application = await TestHost.StartAsync("192.0.2.1");
        using var response = await application.GetAsync(path);
        await TestHost.DetailOfAsync(response, HttpStatusCode.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task With_a_key_others_are_asked_for_it(string path)
    {
        await using var application = await TestHost.StartAsync("192.0.2.1", TestHost.Key);
        using var response = await application.GetAsync(path);
        await TestHost.DetailOfAsync(response, HttpStatusCode.Unauthorized);
        Assert.Equal(["Bearer", "Basic"], response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
    }

    public static TheoryData<string, bool> Credentials() => new()
    {
        { $"Bearer {TestHost.Key}", true },
        { $"bearer {TestHost.Key}", true },
        { $"Basic {Base64($"anybody:{TestHost.Key}")}", true },
        { $"Basic {Base64($":{TestHost.Key}")}", true },
        { "Bearer another key of this length", false },
        { $"Bearer {TestHost.Key}x", false },
        { $"Bearer {TestHost.Key[1..]}", false },
        { "Bearer", false },
        { $"Basic {Base64(TestHost.Key)}", false },
        { $"Basic {Base64($"{TestHost.Key}:")}", false },
        { "Basic !", false },
        { "Basic", false },
        { $"Digest {TestHost.Key}", false },
        { TestHost.Key, false },
        { "", false },
    };

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task The_key_lets_others_in(string authorization, bool isLetIn)
    {
        await using var application = await TestHost.StartAsync("192.0.2.1", TestHost.Key);
        using var response = await application.GetAsync("/api/metrics", ("Authorization", authorization));
        Assert.Equal(isLetIn ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(TestHost.Key, text, StringComparison.Ordinal);
        Assert.DoesNotContain(application.Log.GetSnapshot(), record =>
            record.Message.Contains(TestHost.Key, StringComparison.Ordinal)
            || (authorization.Length > 20 && record.Message.Contains(authorization[7..], StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("192.0.2.1", "right", HttpStatusCode.OK)]
    [InlineData("192.0.2.1", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("127.0.0.1", "wrong", HttpStatusCode.Unauthorized)]
    public async Task A_policy_of_the_host_takes_the_place_of_all_that(string from, string user, HttpStatusCode expected)
    {
        await using var application = await TestHost.StartAsync(
            from,
            services: static services =>
            {
                services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("header", null);
                services.AddAuthorization();
            },
            configure: static (application, endpoints) =>
            {
                application.UseAuthentication();
                application.UseAuthorization();
                endpoints.RequireAuthorization();
            });
        using var response = await application.GetAsync("/api/metrics", ("X-User", user));
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task To_allow_anonymous_lets_nobody_in()
    {
        await using var application = await TestHost.StartAsync("192.0.2.1", configure: static (_, endpoints) => endpoints.AllowAnonymous());
        using var response = await application.GetAsync("/api/metrics");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Origin", "http://evil.example", false)]
    [InlineData("Origin", "http://localhost:1234", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "http://localhost", true)]
    [InlineData("User-Agent", "curl", true)]
    public async Task A_page_of_another_site_changes_nothing(string header, string value, bool isLetIn)
    {
        await using var application = await TestHost.StartAsync();
        application.Cache.Put(new SignatureKey("conversation", "model"), new string('A', 72));
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/clear"), (HttpMethod.Post, "/api/cleanup"), (HttpMethod.Delete, "/api/entries/x") })
        {
            using var response = await application.SendAsync(method, path, (header, value));
            if (isLetIn)
            {
                Assert.NotEqual(HttpStatusCode.Forbidden, response.StatusCode);
            }
            else
            {
                await TestHost.DetailOfAsync(response, HttpStatusCode.Forbidden);
            }
        }

        Assert.Equal(isLetIn ? 0 : 1, application.Cache.Count);
    }

    [Fact]
    public async Task What_is_under_the_path_and_not_known_reaches_no_proxy_behind_it()
    {
        await using var application = await TestHost.StartAsync();
        using var unknown = await application.GetAsync("/api/unknown", ("Authorization", "Bearer planted"));
        using var wrongMethod = await application.SendAsync(HttpMethod.Post, "/api/metrics");
        await TestHost.DetailOfAsync(unknown, HttpStatusCode.NotFound);
        await TestHost.DetailOfAsync(wrongMethod, HttpStatusCode.NotFound);
        Assert.Equal("forwarded", await application.Client.GetStringAsync("/elsewhere", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_key_that_is_too_short_stops_the_host_and_is_not_shown()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => TestHost.StartAsync(key: "too short"));
        Assert.Contains("AdminKey must have at least 16 characters", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("too short", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_services_it_says_what_is_missing()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting();
        var fault = Assert.Throws<InvalidOperationException>(() => builder.Build().MapSignatureCache("/signature-cache"));
        Assert.Contains("AddSignatureCacheEndpoints", fault.Message, StringComparison.Ordinal);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private sealed class HeaderAuthentication(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers["X-User"] == "right"
            ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity("header")), "header"))
            : AuthenticateResult.NoResult());
    }
}
