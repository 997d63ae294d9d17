using FastSignatureCache.Gateway.Demo;

namespace FastSignatureCache.Gateway.Tests.Demo;

public class DemoTests
{
    [Fact]
    public async Task Every_client_fails_straight_and_passes_through_the_gateway()
    {
        using var output = new StringWriter();
        var exitCode = await DemoCommand.RunAsync(output, TestContext.Current.CancellationToken);
        var text = output.ToString();
        Assert.Equal(0, exitCode);
        foreach (var scenario in DemoScenario.All)
        {
            Assert.Contains(text.Split('\n'), line => line.Contains(scenario.Client, StringComparison.Ordinal)
                && line.Contains("at request 2: 400", StringComparison.Ordinal) && line.Contains("pass", StringComparison.Ordinal));
        }

        Assert.Contains("To 47 of the conversations the upstream says 400 Function call is missing a thought_signature in functionCall parts.", text, StringComparison.Ordinal);
        Assert.Contains("To 2 of the conversations the upstream says 400 messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`.", text, StringComparison.Ordinal);
        Assert.Contains("0 straight, 49 through the gateway, of 49", text, StringComparison.Ordinal);
        Assert.Contains("hit rate 100 %, corruption rate 0 %", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', text);
    }

    [Fact]
    public void What_the_gateway_could_not_repair_is_shown_as_it_is()
    {
        using var output = new StringWriter();
        using var cache = new SignatureCache();
        var failed = new PlayResult(3, "400 Corrupted [thought] signature.");
        var passed = new PlayResult(4, null);
        DemoReport.For(output).Write([new DemoOutcome(DemoScenario.All[0], [passed], [failed, passed])], cache);
        var text = output.ToString();
        Assert.Contains("passes, 4 requests", text, StringComparison.Ordinal);
        Assert.Contains("1 of 2 fail at request 3: 400", text, StringComparison.Ordinal);
        Assert.Contains("To 1 of the conversations the upstream says 400 Corrupted [thought] signature.", text, StringComparison.Ordinal);
    }
}
