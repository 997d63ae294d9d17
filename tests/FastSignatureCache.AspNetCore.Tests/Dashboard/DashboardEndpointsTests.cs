using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using FastSignatureCache.AspNetCore.Tests.Support;

namespace FastSignatureCache.AspNetCore.Tests.Dashboard;

public partial class DashboardEndpointsTests
{
    private static readonly string[] ContentTypes = ["text/javascript", "text/css", "image/svg+xml"];

    [Fact]
    public async Task The_page_and_all_it_asks_for_come_from_the_assembly_under_a_strict_policy()
    {
        await using var application = await TestHost.StartAsync();
        using var page = await application.GetAsync("/");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        var addresses = Addresses().Matches(html).Select(match => match.Groups[1].Value).Where(address => address[0] != '#').ToList();
        Assert.Contains("echarts.js", addresses);
        Assert.All(addresses, address =>
        {
            using var file = application.GetAsync("/" + address).GetAwaiter().GetResult();
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Contains(file.Content.Headers.ContentType!.MediaType, ContentTypes);
        });
    }

    [Fact]
    public async Task Without_the_slash_at_its_end_the_address_leads_to_the_page()
    {
        await using var application = await TestHost.StartAsync();
        using var response = await application.GetAsync("");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("signature-cache/", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_file_is_compressed_for_who_takes_it_and_not_sent_again_to_who_has_it()
    {
        await using var application = await TestHost.StartAsync();
        using var plain = await application.GetAsync("/echarts.js");
        using var compressed = await application.GetAsync("/echarts.js", ("Accept-Encoding", "gzip, br"));
        using var refused = await application.GetAsync("/echarts.js", ("Accept-Encoding", "gzip;q=0"));
        var text = await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        await using var unzipped = new GZipStream(
            await compressed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        using var copy = new MemoryStream();
        await unzipped.CopyToAsync(copy, TestContext.Current.CancellationToken);

        Assert.Equal("gzip", Assert.Single(compressed.Content.Headers.ContentEncoding));
        Assert.Empty(refused.Content.Headers.ContentEncoding);
        Assert.Equal(text, copy.ToArray());
        Assert.NotEqual(plain.Headers.ETag, compressed.Headers.ETag);

        using var again = await application.GetAsync("/echarts.js", ("If-None-Match", compressed.Headers.ETag!.Tag), ("Accept-Encoding", "gzip"));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(CacheControlHeaderValue.Parse("no-cache"), compressed.Headers.CacheControl);
    }

    [Fact]
    public async Task Data_is_kept_nowhere()
    {
        await using var application = await TestHost.StartAsync();
        using var metrics = await application.GetAsync("/api/metrics");
        using var entries = await application.GetAsync("/api/entries");
        Assert.True(metrics.Headers.CacheControl!.NoStore);
        Assert.True(entries.Headers.CacheControl!.NoStore);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Addresses();
}
