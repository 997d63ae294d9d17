using System.Text;
using FastSignatureCache.Tests.Support;
using FsCheck;
using FsCheck.Xunit;

namespace FastSignatureCache.Tests.Formats;

public class ThoughtSignatureTests
{
    [Theory]
    [InlineData(72)]
    [InlineData(4_000)]
    [InlineData(2_000_000)]
    public void Base64_is_accepted_at_any_length(int length) => Assert.True(IsValid(Signatures.Thought(1, length)));

    [Fact]
    public void Both_alphabets_are_accepted_but_not_mixed()
    {
        var filler = new string('A', 52);

        Assert.True(IsValid(filler + "+/+/"));
        Assert.True(IsValid(filler + "-_-_"));
        Assert.False(IsValid(filler + "+/-_"));
        Assert.False(IsValid("-" + filler + "AA/"));
    }

    [Fact]
    public void Padding_is_optional_but_must_be_right()
    {
        var filler = new string('A', 52);

        Assert.True(IsValid(filler + "AA=="));
        Assert.True(IsValid(filler + "AA"));
        Assert.True(IsValid(filler + "AAA="));
        Assert.True(IsValid(filler + "AAA"));
        Assert.False(IsValid(filler + "AA="));
        Assert.False(IsValid(filler + "A==="));
        Assert.False(IsValid(filler + "===="));
        Assert.False(IsValid(filler + "="));
        Assert.False(IsValid(filler + "AAA=="));
        Assert.False(IsValid(filler + "A=AA"));
        Assert.False(IsValid(filler + "A"));
    }

    [Fact]
    public void Bits_that_carry_nothing_must_be_zero()
    {
        var filler = new string('A', 52);

        Assert.All("AQgw", last => Assert.True(IsValid(filler + "A" + last)));
        Assert.All("BCDEFGHx0+/", last => Assert.False(IsValid(filler + "A" + last)));
        Assert.All("AEIM048", last => Assert.True(IsValid(filler + "AA" + last)));
        Assert.All("BCDFGHx9+/", last => Assert.False(IsValid(filler + "AA" + last)));
    }

    [Fact]
    public void At_least_50_characters_are_needed()
    {
        Assert.True(IsValid(new string('A', 50)));
        Assert.True(IsValid(new string('A', 50) + "=="));
        Assert.False(IsValid(new string('A', 48)));
        Assert.False(IsValid(""));
        Assert.False(IsValid("=="));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("\0")]
    [InlineData("\u0141")]
    [InlineData(".")]
    public void Anything_outside_the_alphabets_is_refused(string foreign)
    {
        var filler = new string('A', 60);

        Assert.False(IsValid(filler + foreign));
        Assert.False(IsValid(foreign + filler));
        Assert.False(IsValid(filler + foreign + filler));
    }

    [Theory]
    [InlineData("skip_thought_signature_validator")]
    [InlineData("c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I=")]
    [InlineData("c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I")]
    [InlineData("context_engineering_is_the_way_to_go")]
    [InlineData("Y29udGV4dF9lbmdpbmVlcmluZ19pc190aGVfd2F5X3RvX2dv")]
    public void Placeholders_are_recognised_and_refused(string placeholder)
    {
        Assert.True(ThoughtSignature.IsPlaceholder(placeholder));
        Assert.True(ThoughtSignature.IsPlaceholder(Encoding.UTF8.GetBytes(placeholder)));
        Assert.False(IsValid(placeholder));
    }

    [Fact]
    public void Other_values_are_no_placeholders()
    {
        Assert.False(ThoughtSignature.IsPlaceholder(""));
        Assert.False(ThoughtSignature.IsPlaceholder("skip_thought_signature_validator "));
        Assert.False(ThoughtSignature.IsPlaceholder(Encoding.UTF8.GetBytes(Signatures.Thought(1))));
    }

    [Property(MaxTest = 2_000)]
    public bool Agrees_with_the_slow_and_obvious_check(PositiveInt seed)
    {
        var random = new Random(seed.Get);
        var bytes = new byte[random.Next(30, 80)];
        random.NextBytes(bytes);
        var text = Convert.ToBase64String(bytes);
        text = random.Next(3) switch { 0 => text, 1 => text.TrimEnd('='), _ => text.Replace('+', '-').Replace('/', '_') };
        text = FormatOracle.Mutate(text, seed.Get);

        return IsValid(text) == FormatOracle.IsThoughtSignature(text);
    }

    private static bool IsValid(string text)
    {
        var asChars = ThoughtSignature.IsValid(text);
        Assert.Equal(asChars, ThoughtSignature.IsValid(Encoding.UTF8.GetBytes(text)));
        return asChars;
    }
}
