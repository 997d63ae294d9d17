using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace FastSignatureCache.Dashboard.Support;

/// <summary>The dashboard in a window, and everything it asks for and complains about.</summary>
internal sealed class DashboardPage : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext _context;

    private DashboardPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Request += (_, request) => Requests.Enqueue(new Uri(request.Url));
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Enqueue(error);
    }

    public IPage Page { get; }

    public ConcurrentQueue<Uri> Requests { get; } = new();

    /// <summary>Errors and warnings of the console.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public ILocator Connection => Page.Locator("#connection-text");

    public static async Task<DashboardPage> OpenAsync(IBrowserContext context, Uri address)
    {
        var page = new DashboardPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(address.AbsoluteUri);
        await Assertions.Expect(page.Connection).ToHaveTextAsync("Live");
        return page;
    }

    public ILocator Figure(string id) => Page.Locator("#" + id);

    public ILocator Conversations => Page.Locator("#conversations tr.conversation");

    public async Task SearchAsync(string conversation)
    {
        await Page.Locator("#search-conversation").FillAsync(conversation);
        await Page.Locator("#search button").ClickAsync();
    }

    /// <summary>Presses a button of the header and says yes.</summary>
    public async Task ConfirmAsync(string button)
    {
        await Page.Locator(button).ClickAsync();
        await Page.Locator("#confirm-yes").ClickAsync();
        await Assertions.Expect(Page.Locator("#confirm")).ToBeHiddenAsync();
    }

    /// <summary>What axe finds to be serious or critical, one line each.</summary>
    public async Task<string[]> FindFaultsAsync()
    {
        await Page.EvaluateAsync(Axe + "; undefined");
        return await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run()).violations
                .filter(fault => ['serious', 'critical'].includes(fault.impact))
                .flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.target} ${node.failureSummary}`))
            """);
    }

    /// <summary>By how many pixels the page is wider than its window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
