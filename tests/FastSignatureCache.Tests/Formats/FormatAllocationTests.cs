using System.Text;
using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Formats;

public class FormatAllocationTests
{
    [Fact]
    public void Checks_allocate_nothing_whatever_the_input()
    {
        const string Jwt = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.e30.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        string[] seeds = [Jwt, Signatures.Thought(1), Signatures.Thought(1, 100_000), "", "...", new string('A', 9_000) + ".e30.c2ln"];
        var texts = seeds
            .Concat(JwtHandlerTests.StricterCases.Select(row => row.Data.Item2))
            .Concat(Enumerable.Range(0, 200).Select(seed => FormatOracle.Mutate(Jwt, seed)))
            .Concat(Enumerable.Range(0, 200).Select(seed => FormatOracle.Mutate(seeds[1], seed)))
            .Append(Convert.ToBase64String(Encoding.ASCII.GetBytes("{\"alg\":\"" + new string('x', 6_000))).TrimEnd('=') + ".e30.c2ln")
            .ToArray();
        var utf8 = texts.Select(Encoding.UTF8.GetBytes).ToArray();
        Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            for (var i = 0; i < texts.Length; i++)
            {
                JwtFormat.IsValid(texts[i]);
                JwtFormat.IsValid(utf8[i]);
                ThoughtSignature.IsValid(texts[i]);
                ThoughtSignature.IsValid(utf8[i]);
                ThoughtSignature.IsPlaceholder(texts[i]);
                ThoughtSignature.IsPlaceholder(utf8[i]);
            }
        }
    }
}
