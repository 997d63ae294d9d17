using System.Text.Json;
using FastSignatureCache.Http.Recovery;
using FsCheck.Xunit;

namespace FastSignatureCache.Http.Tests.Recovery;

public sealed class RejectionTextTests
{
    private const string MissingInGeminiApi =
        "Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing "
        + "thought_signature may lead to degraded model performance. Additional data, function call `default_api:f` , position 4. "
        + "Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.";

    public static TheoryData<string, string, int?, int?> Texts => new()
    {
        { MissingInGeminiApi, nameof(RejectionReason.Missing), 3, null },
        { "Unable to submit request because function call `f` in the 2. content block is missing a `thought_signature`. Learn more: https://x", nameof(RejectionReason.Missing), 1, null },
        { "Corrupted thought signature.", nameof(RejectionReason.Invalid), null, null },
        { "Unable to submit request because Thought signature is not valid.. Learn more: https://x", nameof(RejectionReason.Invalid), null, null },
        { "Invalid value at 'contents[5].parts[1].thought_signature' (TYPE_BYTES), Base64 decoding failed for \"!!\"", nameof(RejectionReason.Undecodable), 5, 1 },
        { "messages.3.content.2: Invalid `signature` in `thinking` block", nameof(RejectionReason.Invalid), 3, 2 },
        { "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation. Remove the block, or set `x`", nameof(RejectionReason.Invalid), 1, 0 },
        { "messages.3.content.0: Invalid `data` in `redacted_thinking` block", nameof(RejectionReason.Invalid), 3, 0 },
        { "messages.3.content.1.redacted_thinking.data: Field required", nameof(RejectionReason.Incomplete), 3, 1 },
        { "messages.7.content.0.thinking.signature: Field required", nameof(RejectionReason.Incomplete), 7, 0 },
        { "messages.9.content.1: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.", nameof(RejectionReason.Modified), 9, 1 },
        { "`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.", nameof(RejectionReason.Modified), null, null },
        { "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block", nameof(RejectionReason.Missing), 1, 0 },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_text_is_recognised_plain_and_however_often_it_is_wrapped(string text, string reason, int? entry, int? position)
    {
        var expected = new Rejection(Enum.Parse<RejectionReason>(reason), entry, position);
        string body = JsonSerializer.Serialize(new { error = new { code = 400, message = text, status = "INVALID_ARGUMENT" } });
        Assert.Equal(expected, RejectionText.Classify(text));
        Assert.Equal(expected, RejectionText.Classify(body));
        Assert.Equal(expected, RejectionText.Classify("[" + body + "]"));
        for (int depth = 0; depth < 3; depth++)
        {
            body = JsonSerializer.Serialize(new { error = new { code = 429, message = body } });
            Assert.Equal(expected, RejectionText.Classify(body));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\"}}")]
    [InlineData("{\"error\":{\"code\":429,\"message\":\"Resource has been exhausted (e.g. check quota).\"}}")]
    [InlineData("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages.1.content.0: Input should be a valid list\"}}")]
    [InlineData("Unknown name \"thoughtSignature\" at 'contents[1].parts[0].function_call': Cannot find field.")]
    [InlineData("Please ensure that function call turn comes immediately after a user turn or after a function response turn.")]
    public void Another_error_is_none(string body) => Assert.Null(RejectionText.Classify(body));

    [Property(MaxTest = 1000)]
    public void No_text_makes_it_fail_or_name_a_place_before_the_first(string? noise, byte cut)
    {
        string text = noise + MissingInGeminiApi[..(MissingInGeminiApi.Length * cut / 255)] + noise;

        Rejection? rejection = RejectionText.Classify(text);

        Assert.True(rejection is null || rejection.Entry is null or >= 0);
    }

    [Fact]
    public void A_number_that_is_none_names_no_place() =>
        Assert.Equal(
            new Rejection(RejectionReason.Missing),
            RejectionText.Classify(MissingInGeminiApi.Replace("position 4", "position 99999999999999", StringComparison.Ordinal)));

    [Fact]
    public void A_position_that_counts_from_one_and_says_zero_names_no_place() =>
        Assert.Equal(
            new Rejection(RejectionReason.Missing),
            RejectionText.Classify(MissingInGeminiApi.Replace("position 4", "position 0", StringComparison.Ordinal)));
}
