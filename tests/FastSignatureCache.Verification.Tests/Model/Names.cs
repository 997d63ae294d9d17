using System.Globalization;
using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Verification.Model;

/// <summary>What the numbers in generated programs stand for.</summary>
internal static class Names
{
    public const int Keys = 40;
    public const int MaxSignatureLength = 400;

    /// <summary>Of several lengths, so that byte budgets matter.</summary>
    private static readonly string[] Texts = [.. Enumerable.Range(0, 128).Select(i => Signatures.Thought(i, 72 + (100 * (i % 4))))];

    private static readonly Dictionary<string, int> Numbers = Texts.Select((text, i) => (text, i)).ToDictionary(p => p.text, p => p.i);

    private static readonly SignatureKey[] AllKeys = [.. Enumerable.Range(0, Keys).Select(Create)];

    // By their parts: the test must not rely on the comparison that it tests.
    private static readonly Dictionary<string, int> KeyNumbers =
        AllKeys.Select((key, i) => (key, i)).ToDictionary(p => p.key.ToString(), p => p.i);

    public static SignatureKey Key(int number) => AllKeys[number];

    public static string Text(int number) => Texts[number];

    public static int NumberOf(string text) => Numbers.TryGetValue(text, out var number) ? number : -1;

    public static int NumberOf(SignatureKey key) => KeyNumbers.TryGetValue(key.ToString(), out var number) ? number : -1;

    /// <summary>Every fourth key has the hash of the one three before it, and differs from it in a single of its parts.</summary>
    public static int HashGroup(int key) => Collides(key) ? key - 3 : key;

    public static bool Collides(int key) => key % 4 == 3;

    /// <summary>What a look-up says that finds the other key of its hash group.</summary>
    public static SignatureLookupStatus Mismatch(int key) => DifferingPart(key) switch
    {
        0 => SignatureLookupStatus.ConversationMismatch,
        1 => SignatureLookupStatus.ModelMismatch,
        _ => SignatureLookupStatus.Miss,
    };

    private static int DifferingPart(int key) => key / 4 % 3;

    private static SignatureKey Create(int number)
    {
        if (!Collides(number))
        {
            return new("conversation-" + number.ToString(CultureInfo.InvariantCulture), "gemini-3-pro-preview");
        }

        var twin = Create(number - 3);
        return DifferingPart(number) switch
        {
            0 => new("another-" + twin.ConversationId, twin.ModelId, "", twin.Hash),
            1 => new(twin.ConversationId, "gemini-3-flash", "", twin.Hash),
            _ => new(twin.ConversationId, twin.ModelId, "call-1", twin.Hash),
        };
    }
}
