using FastSignatureCache.Gateway.Options;

namespace FastSignatureCache.Gateway.Tests.Options;

public class SettingTextTests
{
    [Theory]
    [InlineData("1048576", 1048576)]
    [InlineData("64KiB", 64 * 1024)]
    [InlineData("256mib", 256L * 1024 * 1024)]
    [InlineData("2 GiB", 2L * 1024 * 1024 * 1024)]
    [InlineData("7B", 7)]
    [InlineData("-1", -1)]
    public void Sizes_are_read_with_or_without_a_unit(string text, long expected) => Assert.Equal(expected, SettingText.Bytes(text));

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("1MB")]
    [InlineData("1.5MiB")]
    [InlineData("9999999999999GiB")]
    public void Other_sizes_are_refused(string text) =>
        Assert.Contains("256MiB", Assert.Throws<FormatException>(() => SettingText.Bytes(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("100ms", 0.1)]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("2h", 7200)]
    [InlineData("7d", 604800)]
    [InlineData("7.00:00:00", 604800)]
    [InlineData("00:00:05", 5)]
    public void Times_are_read_with_their_unit_or_as_dotnet_writes_them(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SettingText.Duration(text));

    [Theory]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("5 weeks")]
    [InlineData("99999999999d")]
    [InlineData("999999999d")]
    public void Other_times_are_refused(string text) =>
        Assert.Contains("10m", Assert.Throws<FormatException>(() => SettingText.Duration(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Never_is_a_time_where_it_makes_sense() => Assert.Equal(Timeout.InfiniteTimeSpan, SettingText.DurationOrNever("Never"));

    [Fact]
    public void Choices_go_by_name_alone()
    {
        Assert.Equal(SignatureFormat.ThoughtSignature, SettingText.Choice<SignatureFormat>("thoughtsignature"));
        var refused = Assert.Throws<FormatException>(() => SettingText.Choice<SignatureFormat>("1"));
        Assert.Contains("Any, Jwt, ThoughtSignature", refused.Message, StringComparison.Ordinal);
    }
}
