using System.Text;
using FastSignatureCache.Bench.GatewayOverhead.Comparing;
using FastSignatureCache.Bench.GatewayOverhead.Exchanges;

namespace FastSignatureCache.Bench.GatewayOverhead;

public class ScenarioTests
{
    public static TheoryData<string> Names => [.. Scenario.All.Select(static scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_client_sends_as_many_bytes(string name) => Assert.Equal(Scenario.BodyLength, Find(name).Measured.Sent.Length);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_arrives_has_all_signatures_and_what_is_sent_has_them_unless_they_are_restored(string name)
    {
        var scenario = Find(name);
        Assert.Equal(Scenario.Calls, SignaturesIn(scenario.Measured.Complete));
        Assert.Equal(scenario.IsRepaired ? 0 : Scenario.Calls, SignaturesIn(scenario.Measured.Sent));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_step_before_brings_the_signature_that_the_next_one_lacks(string name)
    {
        var scenario = Find(name);
        Assert.Equal(scenario.IsRepaired ? Scenario.Calls : 0, scenario.Before.Count);
        Assert.All(scenario.Before, (exchange, step) => Assert.Contains(Step.SignatureOf(step), Text(exchange.Answer[^1]), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_number_makes_another_conversation_of_the_same_length(string name)
    {
        byte[] body = [.. Find(name).Measured.Sent];
        ConversationNumber.Write(body, ConversationNumber.PlaceIn(body), 1_234);
        Assert.Contains("Conversation 0000000000001234", Text(body), StringComparison.Ordinal);
        Assert.Equal(Scenario.BodyLength, body.Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_limit_holds_for_each(string name)
    {
        var scenario = Find(name);
        Assert.Equal(scenario.IsRepaired ? 1.2 : 1.1, Limits.MedianOf(scenario));
        Assert.Equal(scenario.IsRepaired || scenario.Measured.IsStream ? null : 1.25, Limits.Percentile99Of(scenario));
    }

    private static Scenario Find(string name) => Scenario.All.Single(scenario => scenario.Name == name);

    private static int SignaturesIn(byte[] body) =>
        Enumerable.Range(0, Scenario.Calls).Count(step => Text(body).Contains(Step.SignatureOf(step), StringComparison.Ordinal));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
