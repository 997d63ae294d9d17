using FastSignatureCache.Dashboard.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace FastSignatureCache.Dashboard.Support;

/// <summary>Debian's Chromium, driven by Playwright: one for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>Opens an address in a window of its own, with nothing remembered.</summary>
    internal async Task<DashboardPage> OpenAsync(Uri address, BrowserNewContextOptions? window = null)
    {
        var context = await _browser!.NewContextAsync(window ?? Viewports.Desktop());
        return await DashboardPage.OpenAsync(context, new Uri(address, "/signature-cache/"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
