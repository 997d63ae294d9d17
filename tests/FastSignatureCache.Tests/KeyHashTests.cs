using System.Globalization;

namespace FastSignatureCache.Tests;

public class KeyHashTests
{
    private delegate ulong Hash(string first, string second, string third);

    // Both, whatever the processor has.
    private static readonly Hash[] Hashes = KeyHash.HasAes ? [KeyHash.ComputeByAes, KeyHash.ComputeByXxHash] : [KeyHash.ComputeByXxHash];

    [Fact]
    public void No_hash_is_zero_and_all_are_odd() =>
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.Equal(1UL, KeyHash.Compute($"c{i}", "m", "") & 1));

    [Fact]
    public void Hashes_of_nearly_equal_keys_spread_evenly() => Assert.All(Hashes, hash =>
    {
        // 40,000 keys that differ in a character or two: 64-bit hashes must not collide, and their upper half must fill the buckets.
        var hashes = (from c in Enumerable.Range(0, 200)
                      from p in Enumerable.Range(0, 200)
                      select hash($"conversation-{c}", "model", p == 0 ? "" : $"call_{p}")).ToList();

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        var buckets = hashes.CountBy(hash => (hash >> 32) % 1024).Select(bucket => bucket.Value).ToList();
        Assert.Equal(1024, buckets.Count);
        Assert.InRange(buckets.Max(), 40, 90);
    });

    [Fact]
    public void Half_of_the_bits_change_with_each_bit_of_a_key() => Assert.All(Hashes, hash =>
    {
        var text = new string('x', 40);
        var original = hash(text, text, text);
        var changes = (from place in Enumerable.Range(0, 3)
                       from at in Enumerable.Range(0, text.Length)
                       from bit in Enumerable.Range(0, 16)
                       let changed = text.Remove(at, 1).Insert(at, ((char)('x' ^ (1 << bit))).ToString())
                       let other = hash(place == 0 ? changed : text, place == 1 ? changed : text, place == 2 ? changed : text)
                       select ulong.PopCount(original ^ other)).ToList();

        Assert.InRange(changes.Average(bits => (double)bits), 30, 34);
        Assert.InRange(changes.Min(), 10UL, 32UL);
    });

    [Fact]
    public void Length_and_characters_cannot_make_up_for_each_other() => Assert.All(Hashes, hash =>
    {
        // "11" and "311" read the same block but for a bit, the one by which their lengths differ.
        var numbers = Enumerable.Range(0, 20_000).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();
        var runs = Enumerable.Range(1, 100).SelectMany(n => new[] { new string('0', n), '2' + new string('0', n), '4' + new string('0', n) });
        var texts = numbers.Concat(runs).Distinct().ToList();
        Func<string, ulong>[] places = [text => hash(text, "m", ""), text => hash("c", text, ""), text => hash("c", "m", text)];

        Assert.All(places, place => Assert.Equal(texts.Count, texts.Select(place).Distinct().Count()));
    });

    [Fact]
    public void It_matters_which_string_and_which_block_a_character_is_in() => Assert.All(Hashes, hash =>
    {
        string[] blocks = ["12345678", "abcdefgh", "ABCDEFGH"];
        var orders = (from a in blocks from b in blocks from c in blocks select a + b + c).ToList();
        var hashes = orders.SelectMany(text => new[] { hash(text, "m", ""), hash("c", text, ""), hash("c", "m", text) })
            .Concat(Enumerable.Range(1, 23).Select(at => hash(orders[0][..at], orders[0][at..], "")))
            .ToList();

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    });

    [Fact]
    public void Differences_in_two_blocks_do_not_cancel() => Assert.All(Hashes, hash =>
    {
        // With two rounds of AES a block, about one such grid in 25 has collisions.
        var grid = from a in Enumerable.Range(0, 256)
                   from b in Enumerable.Range(0, 256)
                   select hash($"aaaa{(char)(0x4100 + a)}aaabbbb{(char)(0x4100 + b)}bbb", "model", "");

        Assert.Equal(256 * 256, grid.Distinct().Count());
    });

    [Fact]
    public void Every_character_of_every_string_counts_towards_the_hash() => Assert.All(Hashes, hash =>
    {
        foreach (var text in Enumerable.Range(1, 40).Select(length => new string('x', length)))
        {
            var hashes = Enumerable.Range(0, text.Length)
                .Select(at => text.Remove(at, 1).Insert(at, "y"))
                .Append(text)
                .SelectMany(t => new[] { hash(t, "m", ""), hash("c", t, ""), hash("c", "m", t) })
                .ToList();

            Assert.Equal(hashes.Count, hashes.Distinct().Count());
        }
    });
}
