using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Stores.Conformance;

public abstract partial class SignatureStoreConformance
{
    private protected static readonly string[] OddStrings =
    [
        "a",
        "A",
        " ",
        "a ",
        " a",
        "\0",
        "a\0",
        "a\0b",
        "\u0001\u0002\u001f\u007f\u0080\u009f",
        "line\nbreak",
        "line\r\nbreak",
        "\t",
        ":",
        "a:b",
        "::",
        "{a}",
        "{}a",
        "}{",
        "*",
        "?",
        "[a-z]",
        "\\",
        "\\*",
        "%",
        "_",
        "'",
        "''",
        "\"",
        "'; DROP TABLE signatures; --",
        "\r\n*1\r\n$8\r\nFLUSHALL\r\n",
        "$1",
        "@conversation",
        "NULL",
        "null",
        "0",
        "00",
        "1e3",
        "0x41",
        "41",
        "4a",
        "4A",
        "00ff",
        "00FF",
        "0123456789abcdef0123456789abcdef",
        "é",
        "e\u0301",
        "ß",
        "ss",
        "İ",
        "i\u0307",
        "\u00ad",
        "\u200b",
        "\u202eabc",
        "\ufeff",
        "\ufffd",
        "\uffff",
        "漢字",
        "😀",
        "👩‍👩‍👧",
        "\ud83d",
        "\ude00",
        "\ude00\ud83d",
        "a\ud83d",
        "\ud83db",
        new('x', SignatureKey.MaxPartLength),
        new('\u6f22', SignatureKey.MaxPartLength),
        new('\ud83d', SignatureKey.MaxPartLength),
        new string('x', SignatureKey.MaxPartLength - 1) + "y",
    ];

    [Fact]
    public async Task Odd_conversations_are_kept_apart()
    {
        StoredSignature[] all = [.. OddStrings.Select((odd, i) => Of(new(odd, "model", "part"), i))];
        await PutAsync(all);

        AssertSame(all, await GetAsync(OddStrings));
        foreach (var signature in all)
        {
            AssertSame([signature], await GetAsync(signature.Key.ConversationId));
        }
    }

    [Fact]
    public async Task Odd_models_and_parts_are_kept_apart()
    {
        StoredSignature[] models = [.. OddStrings.Select(odd => Of(new("conversation", odd, "part")))];
        StoredSignature[] parts = [.. OddStrings.Append("").Select(odd => Of(new("conversation", "model", odd)))];
        await PutAsync([.. models, .. parts]);

        AssertSame([.. models, .. parts], await GetAsync("conversation"));
    }

    [Fact]
    public async Task Odd_keys_can_be_removed_one_by_one()
    {
        List<StoredSignature> left = [.. OddStrings.Select(odd => Of(new(odd, odd, odd)))];
        await PutAsync([.. left]);
        while (left.Count > 0)
        {
            await RemoveAsync(left[^1].Key);
            left.RemoveAt(left.Count - 1);
            AssertSame(left, await GetAsync(OddStrings));
        }
    }
}
