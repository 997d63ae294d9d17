using Microsoft.Playwright;

namespace FastSignatureCache.Dashboard.Support;

/// <summary>The windows that the page is looked at in.</summary>
internal static class Viewports
{
    public static BrowserNewContextOptions Desktop(ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new() { Width = 1600, Height = 1000 },
        ColorScheme = scheme,
    };

    public static BrowserNewContextOptions Phone(ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        DeviceScaleFactor = 2,
        IsMobile = true,
        HasTouch = true,
        ColorScheme = scheme,
    };
}
