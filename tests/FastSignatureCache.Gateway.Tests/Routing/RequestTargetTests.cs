using FastSignatureCache.Gateway.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FastSignatureCache.Gateway.Tests.Routing;

public class RequestTargetTests
{
    [Theory]
    [InlineData("/v1beta/a%2Fb%252F%3a/../c//d;e?q=%20+&x=[]", "http://u.test", "http://u.test/v1beta/a%2Fb%252F%3a/../c//d;e?q=%20+&x=[]")]
    [InlineData("/a?", "http://u.test/base/", "http://u.test/base/a?")]
    [InlineData("/", "https://u.test:444/base", "https://u.test:444/base/")]
    public void The_upstream_gets_what_the_client_wrote(string raw, string prefix, string expected) =>
        Assert.Equal(expected, Target(raw, "/decoded", "").At(new Uri(prefix)).OriginalString);

    [Theory]
    [InlineData("http://other.test/path?q=1")]
    [InlineData("*")]
    [InlineData("/a b")]
    [InlineData("/ä")]
    [InlineData("")]
    public void What_can_not_stand_in_a_request_line_is_written_anew(string raw) =>
        Assert.Equal(new RequestTarget("/path%20x", "?q=1"), Target(raw, "/path x", "?q=1"));

    private static RequestTarget Target(string raw, string path, string query)
    {
        var context = new DefaultHttpContext { Request = { Path = path, QueryString = new QueryString(query) } };
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = raw;
        return RequestTarget.Of(context);
    }
}
