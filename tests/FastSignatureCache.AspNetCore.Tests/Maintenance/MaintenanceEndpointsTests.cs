using System.Net;
using System.Text.Json;
using FastSignatureCache.AspNetCore.Tests.Support;

namespace FastSignatureCache.AspNetCore.Tests.Maintenance;

public class MaintenanceEndpointsTests
{
    [Fact]
    public async Task A_clean_up_removes_what_has_expired_and_says_how_much()
    {
        await using var application = await TestHost.StartAsync();
        application.Cache.Put(new SignatureKey("old", "model"), new string('A', 72));
        application.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        application.Cache.Put(new SignatureKey("new", "model"), new string('A', 72));
        application.Clock.Advance(TimeSpan.FromSeconds(1));
        var expired = 2 - application.Cache.Count;

        using var response = await application.SendAsync(HttpMethod.Post, "/api/cleanup");

        var result = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, result.GetProperty("removed").GetInt32() + expired);
        Assert.Equal(1, application.Cache.Count);
    }

    [Fact]
    public async Task A_clear_removes_everything_and_is_told_to_the_log()
    {
        await using var application = await TestHost.StartAsync();
        application.Cache.Put(new SignatureKey("conversation", "model"), new string('A', 72));

        using var response = await application.SendAsync(HttpMethod.Post, "/api/clear");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(0, application.Cache.Count);
        Assert.Contains(application.Log.GetSnapshot(), record => record.Message == "127.0.0.1 had the signature cache emptied.");
    }
}
