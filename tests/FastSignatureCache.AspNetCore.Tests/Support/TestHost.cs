using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.AspNetCore.Tests.Support;

/// <summary>An application with the endpoints and nothing else, whose requests come from where the test says.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const string Key = "an admin key of some length";
    public const string Base = "/signature-cache";

    private readonly WebApplication _application;

    private TestHost(WebApplication application, FakeSignatureCache cache, FakeTimeProvider clock, FakeLogCollector log)
    {
        _application = application;
        Cache = cache;
        Clock = clock;
        Log = log;
        Client = application.GetTestClient();
    }

    public FakeSignatureCache Cache { get; }

    public FakeTimeProvider Clock { get; }

    public FakeLogCollector Log { get; }

    public HttpClient Client { get; }

    public IHostApplicationLifetime Lifetime => _application.Lifetime;

    public static async Task<TestHost> StartAsync(
        string? from = "127.0.0.1",
        string? key = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication, IEndpointConventionBuilder>? configure = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var cache = new FakeSignatureCache(clock);
        var log = new FakeLogCollector();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting();
        builder.Services.AddSingleton<ISignatureCache>(cache);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSignatureCacheEndpoints(options => options.AdminKey = key);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(log));
        services?.Invoke(builder.Services);
        var application = builder.Build();
        application.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
            return next(context);
        });
        configure?.Invoke(application, application.MapSignatureCache(Base));
        if (configure is null)
        {
            application.MapSignatureCache(Base);
        }

        // What a gateway has: it takes everything that nobody else does.
        application.Map("/{**path}", () => Results.Text("forwarded"));
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new TestHost(application, cache, clock, log);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, headers);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, Base + path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Sees to it that an answer is a problem, and gives what it says.</summary>
    public static async Task<string> DetailOfAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem.GetProperty("detail").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
        Cache.Dispose();
    }
}
