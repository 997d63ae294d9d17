using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.Tests.Conversations;

public class FingerprintTests
{
    [Fact]
    public void It_stays_as_the_conversation_grows() => Assert.Equal(
        Of("system", "", User("Hello")),
        Of("system", "", User("Hello"), new Content(true, [Text("Hi")]), User("More")));

    [Fact]
    public void System_instruction_opening_and_mark_make_it_and_each_has_its_place()
    {
        string[] all =
        [
            Of("a", "b", User("c")), Of("b", "a", User("c")), Of("ab", "", User("c")), Of("", "ab", User("c")),
            Of("a", "b", User("d")), Of("", "", User("abc")), Of("a", "b", new Content(false, [Text("c"), Text("")])),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void An_image_in_the_opening_counts() => Assert.NotEqual(
        Of("", "", User("c")), Of("", "", new Content(false, [Text("c"), new Part(PartKind.Other) { Text = "{}" }])));

    private static string Of(string system, string mark, params Content[] contents) =>
        new Conversation("gemini-3-pro-preview", system, contents, [], mark).Fingerprint;

    private static Content User(string text) => new(false, [Text(text)]);

    private static Part Text(string text) => new(PartKind.Text) { Text = text };
}
