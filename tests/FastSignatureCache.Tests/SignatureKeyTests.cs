using FsCheck;
using FsCheck.Xunit;

namespace FastSignatureCache.Tests;

public class SignatureKeyTests
{
    [Fact]
    public void Keys_with_the_same_three_strings_are_equal()
    {
        var left = new SignatureKey("conversation", "model", "part");
        var right = new SignatureKey(new string("conversation".AsSpan()), new string("model".AsSpan()), new string("part".AsSpan()));

        Assert.True(left == right);
        Assert.True(left.Equals((object)right));
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.Equal("conversation | model | part", left.ToString());
    }

    [Theory]
    [InlineData("a:b", "c", "", "a", "b:c", "")]
    [InlineData("a", "b", "c", "a", "bc", "")]
    [InlineData("a", "b", "c", "ab", "c", "")]
    [InlineData("a\0", "b", "", "a", "\0b", "")]
    [InlineData("aaaaaaaaaaaaaaaa", "b", "", "aaaaaaaa", "aaaaaaaab", "")]
    public void No_separator_can_be_smuggled_between_the_strings(string c1, string m1, string p1, string c2, string m2, string p2)
    {
        var left = new SignatureKey(c1, m1, p1);
        var right = new SignatureKey(c2, m2, p2);

        Assert.True(left != right);
        Assert.False(left.Equals((object)right));
        Assert.NotEqual(left.Hash, right.Hash);
    }

    [Fact]
    public void Null_and_empty_strings_are_refused_by_name()
    {
        Assert.Equal("conversationId", Assert.Throws<ArgumentNullException>(() => new SignatureKey(null!, "m")).ParamName);
        Assert.Equal("modelId", Assert.Throws<ArgumentNullException>(() => new SignatureKey("c", null!)).ParamName);
        Assert.Equal("partId", Assert.Throws<ArgumentNullException>(() => new SignatureKey("c", "m", null!)).ParamName);
        Assert.Equal("conversationId", Assert.Throws<ArgumentException>(() => new SignatureKey("", "m")).ParamName);
        Assert.Equal("modelId", Assert.Throws<ArgumentException>(() => new SignatureKey("c", "")).ParamName);
    }

    [Fact]
    public void Up_to_512_characters_a_string_are_accepted_and_no_more()
    {
        var longest = new string('x', 512);
        var tooLong = new string('x', 513);

        Assert.Equal(longest, new SignatureKey(longest, longest, longest).PartId);
        Assert.Equal("conversationId", Assert.Throws<ArgumentException>(() => new SignatureKey(tooLong, "m")).ParamName);
        Assert.Equal("modelId", Assert.Throws<ArgumentException>(() => new SignatureKey("c", tooLong)).ParamName);
        Assert.Equal("partId", Assert.Throws<ArgumentException>(() => new SignatureKey("c", "m", tooLong)).ParamName);
    }

    [Fact]
    public void The_default_key_is_empty_and_equals_itself_only()
    {
        SignatureKey key = default;

        Assert.Equal(("", "", ""), (key.ConversationId, key.ModelId, key.PartId));
        Assert.Equal(default, key);
        Assert.NotEqual(new SignatureKey("c", "m"), key);
    }

    [Property(MaxTest = 500)]
    public bool Keys_are_equal_exactly_when_all_three_strings_are(NonEmptyString[] strings)
    {
        var words = strings.Select(s => s.Get).Append("a").Append("b").Take(4).ToList();
        var keys = (from c in words from m in words from p in words select new SignatureKey(c, m, p)).ToList();

        return keys.All(left => keys.All(right =>
            (left == right) == ((left.ConversationId, left.ModelId, left.PartId) == (right.ConversationId, right.ModelId, right.PartId))
            && (left == right) == (left.Hash == right.Hash)));
    }
}
