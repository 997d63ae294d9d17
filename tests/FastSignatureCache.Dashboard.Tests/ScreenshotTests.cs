using System.Globalization;
using FastSignatureCache.Dashboard.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FastSignatureCache.Dashboard;

/// <summary>
/// Pictures of the page under traffic. With FSC_SCREENSHOTS in the environment the traffic goes on for so many seconds, and the pictures go into
/// <c>perf-reports/dashboard/</c>.
/// </summary>
public class ScreenshotTests(Browser browser)
{
    private static readonly string? Seconds = Environment.GetEnvironmentVariable("FSC_SCREENSHOTS");
    private static readonly TimeSpan Traffic = TimeSpan.FromSeconds(Seconds is null ? 3 : int.Parse(Seconds, CultureInfo.InvariantCulture));
    private static readonly string Folder = Seconds is null ? Path.Combine(AppContext.BaseDirectory, "screenshots") : Reports();

    [Fact]
    public async Task Under_traffic_on_the_desktop_and_the_phone()
    {
        await using var gateway = await LiveGateway.StartAsync(options => options.Cache.Capacity = 400);
        await gateway.TalkAsync(2);
        await using var light = await browser.OpenAsync(gateway.Address);
        await using var dark = await browser.OpenAsync(gateway.Address, Viewports.Desktop(ColorScheme.Dark));
        await using var phone = await browser.OpenAsync(gateway.Address, Viewports.Phone());
        for (var (began, round) = (TimeProvider.System.GetTimestamp(), 1); TimeProvider.System.GetElapsedTime(began) < Traffic; round++)
        {
            await gateway.TalkAsync(1);
            if (round % 40 == 0)
            {
                gateway.Cache.Put(new SignatureKey($"conversation {round}", "gemini-3-flash-preview"), "not a signature");
                gateway.Cache.Lookup(new SignatureKey($"conversation {round}", "gemini-3-pro-preview", "of another conversation"));
            }
        }

        await light.SearchAsync("");
        await ShootAsync(light, "desktop-light.png");
        await dark.SearchAsync("");
        await ShootAsync(dark, "desktop-dark.png");
        await phone.SearchAsync("");
        await ShootAsync(phone, "phone.png");
    }

    [Fact]
    public async Task Empty()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var page = await browser.OpenAsync(gateway.Address);
        await ShootAsync(page, "empty.png");
    }

    [Fact]
    public async Task Degraded()
    {
        await using var gateway = await LiveGateway.StartAsync(States.StoreOutOfReach);
        await gateway.TalkAsync(1);
        await using var page = await browser.OpenAsync(gateway.Address);
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < Traffic / 2;)
        {
            await gateway.TalkAsync(1);
        }

        await Expect(page.Figure("degraded")).ToBeVisibleAsync();
        await page.SearchAsync("");
        await ShootAsync(page, "degraded.png");
    }

    private static async Task ShootAsync(DashboardPage page, string name)
    {
        await Expect(page.Figure("page-note")).Not.ToBeEmptyAsync();
        await page.Page.EvaluateAsync("() => scrollTo({ top: 0, behavior: 'instant' })");
        var picture = await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name) });
        Assert.InRange(picture.Length, 10_000, 1_000_000);
    }

    private static string Reports()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FastSignatureCache.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "perf-reports", "dashboard");
    }
}
