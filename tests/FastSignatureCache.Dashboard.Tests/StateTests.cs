using FastSignatureCache.Dashboard.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FastSignatureCache.Dashboard;

/// <summary>What the page looks like when there is nothing to see, or something is wrong.</summary>
public class StateTests(Browser browser)
{
    [Fact]
    public async Task Before_the_first_look_up_it_says_what_to_do()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var page = await browser.OpenAsync(gateway.Address);

        await Expect(page.Figure("empty")).ToBeVisibleAsync();
        await Expect(page.Figure("charts")).ToBeHiddenAsync();
        await Expect(page.Figure("hit-rate")).ToHaveTextAsync("–");

        await gateway.TalkAsync(1);

        await Expect(page.Figure("empty")).ToBeHiddenAsync();
        await Expect(page.Figure("charts")).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Trouble_with_the_store_is_said_at_the_top()
    {
        await using var gateway = await LiveGateway.StartAsync(States.StoreOutOfReach);
        await gateway.TalkAsync(1);
        await using var page = await browser.OpenAsync(gateway.Address);

        await Expect(page.Figure("degraded")).ToBeVisibleAsync();
        await Expect(page.Figure("store-state")).ToHaveTextAsync("in trouble");
        Assert.Empty(await page.FindFaultsAsync());
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_found_again_by_itself()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await gateway.TalkAsync(1);
        await using var page = await browser.OpenAsync(gateway.Address);

        await gateway.StopAsync();

        await Expect(page.Connection).ToHaveTextAsync("Connection lost");
        await Expect(page.Figure("lost")).ToBeVisibleAsync();
        Assert.Empty(await page.FindFaultsAsync());

        await gateway.StartAgainAsync();

        await Expect(page.Connection).ToHaveTextAsync("Live", new() { Timeout = 15_000 });
        await Expect(page.Figure("lost")).ToBeHiddenAsync();
        await Expect(page.Figure("empty")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(false, ColorScheme.Dark)]
    [InlineData(true, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_serious_and_nothing_is_wider_than_the_window(bool isPhone, ColorScheme scheme)
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var page = await browser.OpenAsync(gateway.Address, isPhone ? Viewports.Phone(scheme) : Viewports.Desktop(scheme));
        Assert.Empty(await page.FindFaultsAsync());

        await gateway.TalkAsync(2);
        await Expect(page.Figure("charts")).ToBeVisibleAsync();
        await page.SearchAsync("");
        await page.Conversations.First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Page.Locator(".details li").First).ToBeVisibleAsync();
        Assert.Empty(await page.FindFaultsAsync());
        Assert.InRange(await page.OverflowAsync(), int.MinValue, 0);

        await page.Figure("clear").ClickAsync();
        await Expect(page.Figure("confirm-yes")).ToBeVisibleAsync();
        await page.Page.EvaluateAsync("() => Promise.all(document.getAnimations().map(animation => animation.finished))");
        Assert.Empty(await page.FindFaultsAsync());
    }
}
