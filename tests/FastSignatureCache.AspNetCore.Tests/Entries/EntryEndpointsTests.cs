using System.Net;
using System.Security.Cryptography;
using System.Text;
using FastSignatureCache.AspNetCore.Tests.Support;

namespace FastSignatureCache.AspNetCore.Tests.Entries;

public class EntryEndpointsTests
{
    private static readonly string Signature = Convert.ToBase64String(Encoding.ASCII.GetBytes("a signature that nobody may see, planted here"));

    [Fact]
    public async Task An_entry_has_everything_but_its_signature()
    {
        await using var application = await TestHost.StartAsync();
        var key = new SignatureKey("conversation", "model", "call-1");
        Assert.True(application.Cache.Put(key, Signature));
        application.Cache.TryGet(key, out var entry);

        var page = await application.GetJsonAsync("/api/entries");

        var shown = Assert.Single(page.GetProperty("entries").EnumerateArray());
        Assert.Equal("conversation", shown.GetProperty("conversation").GetString());
        Assert.Equal("model", shown.GetProperty("model").GetString());
        Assert.Equal("call-1", shown.GetProperty("part").GetString());
        Assert.Equal(entry!.CreatedAt, shown.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal(entry.ExpiresAt, shown.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.Equal(1, shown.GetProperty("uses").GetInt32());
        Assert.Equal(Signature.Length, shown.GetProperty("length").GetInt32());
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Signature)));
        Assert.Equal(digest[..16], shown.GetProperty("fingerprint").GetString());
        Assert.DoesNotContain(Signature, page.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(application.Log.GetSnapshot(), record => record.Message.Contains(Signature, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_query_reaches_the_cache_as_it_is()
    {
        await using var application = await TestHost.StartAsync();
        await application.GetJsonAsync("/api/entries?conversation=a%20b&model=m&cursor=c&limit=1000");
        Assert.Equal(new() { ConversationId = "a b", ModelId = "m", Cursor = "c", Limit = 1_000 }, application.Cache.Query);
        await application.GetJsonAsync("/api/entries?conversation=&model=&cursor=&limit=");
        Assert.Equal(new(), application.Cache.Query);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1001")]
    [InlineData("99999999999")]
    [InlineData("many")]
    [InlineData("1e2")]
    public async Task A_limit_out_of_range_is_a_problem(string limit)
    {
        await using var application = await TestHost.StartAsync();
        using var response = await application.GetAsync($"/api/entries?limit={limit}");
        Assert.Equal("limit must be a whole number from 1 to 1000.", await TestHost.DetailOfAsync(response, HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_cursor_of_somebody_elses_is_a_problem()
    {
        await using var application = await TestHost.StartAsync();
        using var response = await application.GetAsync("/api/entries?cursor=none%20of%20ours");
        Assert.StartsWith("cursor must be", await TestHost.DetailOfAsync(response, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Keys() => new()
    {
        { "conversation", "model", "" },
        { "a/b?c#d", "m%2F", "call \u00e9\u4e16" },
        // Half a character, which no UTF-8 can say.
        { "lone \ud800", "model", "\udc00" },
        { new string('c', 512), new string('m', 512), new string('p', 512) },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task An_entry_is_removed_by_its_id_and_no_other(string conversation, string model, string part)
    {
        await using var application = await TestHost.StartAsync();
        application.Cache.Put(new SignatureKey(conversation, model, part), Signature);
        application.Cache.Put(new SignatureKey("other", "model"), Signature);
        var entries = (await application.GetJsonAsync("/api/entries?limit=10")).GetProperty("entries").EnumerateArray();
        var id = entries.Single(entry => entry.GetProperty("conversation").GetString() != "other").GetProperty("id").GetString();

        using var removed = await application.SendAsync(HttpMethod.Delete, $"/api/entries/{id}");
        using var again = await application.SendAsync(HttpMethod.Delete, $"/api/entries/{id}");

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await TestHost.DetailOfAsync(again, HttpStatusCode.NotFound);
        Assert.Equal(1, application.Cache.Count);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("AQABAA")]
    [InlineData("__8BAGEAYgA")]
    [InlineData("not_base64!")]
    public async Task An_id_of_nothing_is_not_found(string id)
    {
        await using var application = await TestHost.StartAsync();
        using var response = await application.SendAsync(HttpMethod.Delete, $"/api/entries/{id}");
        await TestHost.DetailOfAsync(response, HttpStatusCode.NotFound);
    }
}
