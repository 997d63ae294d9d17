using System.Diagnostics;
using System.Globalization;
using FastSignatureCache.Dashboard.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FastSignatureCache.Dashboard;

public class DashboardTests(Browser browser)
{
    private static readonly string Signature = Convert.ToBase64String(new byte[60]);

    [Fact]
    public async Task It_shows_within_two_seconds_what_has_happened()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await gateway.TalkAsync(2);
        await using var page = await browser.OpenAsync(gateway.Address);
        List<double> waits = [];
        for (var round = 0; round < 5; round++)
        {
            await gateway.TalkAsync(1);
            var expected = gateway.Cache.GetMetrics();
            var began = Stopwatch.GetTimestamp();
            await Expect(page.Figure("lookups-note")).ToHaveTextAsync(string.Create(CultureInfo.InvariantCulture, $"{expected.Lookups:N0} in all"));
            await Expect(page.Figure("entries")).ToHaveTextAsync(gateway.Cache.Count.ToString("N0", CultureInfo.InvariantCulture));
            waits.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        TestContext.Current.SendDiagnosticMessage($"Measured: the dashboard shows a change after {waits.Max():F2} s at most");
        Assert.All(waits, wait => Assert.InRange(wait, 0, 2));
    }

    [Fact]
    public async Task Under_traffic_nothing_is_complained_about_and_nothing_leaves_the_host()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await gateway.TalkAsync(2);
        await using var page = await browser.OpenAsync(gateway.Address);
        foreach (var range in new[] { "1 hour", "24 hours", "5 minutes" })
        {
            await gateway.TalkAsync(1);
            await page.Page.GetByText(range).ClickAsync();
        }

        await page.Figure("theme").ClickAsync();
        await page.Figure("theme").ClickAsync();
        await page.Page.Locator("#rates-chart").HoverAsync();
        await page.Conversations.First.GetByRole(AriaRole.Button).ClickAsync();
        var lookups = gateway.Cache.GetMetrics().Lookups.ToString("N0", CultureInfo.InvariantCulture);
        await Expect(page.Figure("lookups-note")).ToHaveTextAsync($"{lookups} in all");

        Assert.Empty(page.Complaints);
        Assert.Contains(page.Requests, request => request.AbsolutePath.EndsWith("/echarts.js", StringComparison.Ordinal));
        Assert.All(page.Requests, request => Assert.True(
            request.Authority == gateway.Address.Authority && request.AbsolutePath.StartsWith("/signature-cache/", StringComparison.Ordinal),
            request.AbsoluteUri));
        // The charts have drawn something: their canvas is not of one colour.
        Assert.All(["rates-chart", "lookups-chart", "latency-chart"], chart => Assert.True(HasContent(page, chart).GetAwaiter().GetResult(), chart));
    }

    [Fact]
    public async Task A_conversation_is_found_and_shown_without_its_signatures_and_an_entry_removed()
    {
        await using var gateway = await LiveGateway.StartAsync();
        gateway.Cache.Put(new SignatureKey("alpha-1", "model", "call-1"), Signature);
        gateway.Cache.Put(new SignatureKey("alpha-1", "model", "call-2"), Signature);
        gateway.Cache.Put(new SignatureKey("beta-1", "model", "<b>call</b>"), Signature);
        await using var page = await browser.OpenAsync(gateway.Address);
        await Expect(page.Conversations).ToHaveCountAsync(2);

        await page.SearchAsync("alpha");

        await Expect(page.Conversations).ToHaveCountAsync(1);
        await Expect(page.Conversations).ToContainTextAsync("alpha-1");
        await Expect(page.Figure("page-note")).ToContainTextAsync("2 entries of 1 conversation, as of");
        Assert.DoesNotContain(Signature, await page.Page.ContentAsync(), StringComparison.Ordinal);

        await page.Page.Locator(".details button").First.ClickAsync();
        await page.Page.Locator("#confirm-yes").ClickAsync();
        await Expect(page.Figure("page-note")).ToContainTextAsync("1 entry of 1 conversation, as of");
        Assert.Equal(2, gateway.Cache.Count);

        await page.SearchAsync("beta");
        await Expect(page.Page.Locator(".details .part")).ToHaveTextAsync("<b>call</b>");
        await page.SearchAsync("nobody");
        await Expect(page.Figure("page-note")).ToHaveTextAsync("Nothing found.");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Clean_up_and_clear_ask_first_and_say_what_came_of_it()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await gateway.TalkAsync(3);
        await using var page = await browser.OpenAsync(gateway.Address);
        await Expect(page.Conversations).ToHaveCountAsync(3);

        await page.ConfirmAsync("#cleanup");
        await Expect(page.Figure("done-text")).ToHaveTextAsync("Cleaned up: 0 expired entries removed.");

        await page.Figure("clear").ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.Figure("confirm")).ToBeHiddenAsync();
        Assert.NotEqual(0, gateway.Cache.Count);

        await page.ConfirmAsync("#clear");
        await Expect(page.Figure("done-text")).ToHaveTextAsync("Cleared.");
        await Expect(page.Conversations).ToHaveCountAsync(0);
        await Expect(page.Figure("entries")).ToHaveTextAsync("0");
        Assert.Equal(0, gateway.Cache.Count);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task From_elsewhere_the_browser_asks_for_the_admin_key_and_then_everything_works()
    {
        const string key = "0123456789abcdef";
        await using var gateway = await LiveGateway.StartAsync(options => options.Dashboard.AdminKey = key);
        await gateway.TalkAsync(1);
        // Seen through a name that is no loopback name, it is a visitor like those from elsewhere.
        var window = Viewports.Desktop();
        window.HttpCredentials = new() { Username = "anybody", Password = key };
        await using var page = await browser.OpenAsync(new Uri($"http://dashboard.localhost:{gateway.Address.Port}"), window);

        await page.ConfirmAsync("#clear");

        await Expect(page.Figure("done-text")).ToHaveTextAsync("Cleared.");
        Assert.Equal(0, gateway.Cache.Count);
    }

    private static Task<bool> HasContent(DashboardPage page, string chart) => page.Page.EvaluateAsync<bool>(
        """
        id => {
            const canvas = document.querySelector(`#${id} canvas`);
            const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
            return new Set(pixels).size > 5;
        }
        """,
        chart);
}
